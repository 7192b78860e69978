// Corrects what depends on the day, so that a page built days ago does not lie; and the two switches.
(function () {
  "use strict";
  var meta = document.querySelector('meta[name="noticeboard"]');
  if (!meta) return;
  var words = JSON.parse(meta.getAttribute("data-words"));
  var builtOn = meta.getAttribute("content");

  // The board's local day as YYYY-MM-DD. Old browsers without time zones get China's fixed offset.
  function boardDay() {
    var now = new Date();
    try {
      var parts = {};
      new Intl.DateTimeFormat("en-US", {
        timeZone: meta.getAttribute("data-zone"), year: "numeric", month: "2-digit", day: "2-digit"
      }).formatToParts(now).forEach(function (part) { parts[part.type] = part.value; });
      return parts.year + "-" + parts.month + "-" + parts.day;
    } catch (error) {
      return new Date(now.getTime() + 8 * 3600e3).toISOString().slice(0, 10);
    }
  }

  function daysUntil(until, day) {
    return Math.round((Date.parse(until) - Date.parse(day)) / 86400e3);
  }

  function timeLeft(days) {
    if (days > 0) return words["days-left"].replace("{days}", days);
    if (days === 0) return words["last-day"];
    return words["days-since"].replace("{days}", -days);
  }

  function correct(day) {
    each("[data-status][data-until]", function (element) {
      var status = element.getAttribute("data-status");
      if (status !== "current" && status !== "expired") return;
      var left = daysUntil(element.getAttribute("data-until"), day);
      var over = left < 0;
      if (element.classList.contains("nb-left")) element.textContent = timeLeft(left);
      if (!over || status === "expired") return;
      if (element.classList.contains("nb-mark")) {
        element.className = "nb-mark nb-mark--expired";
        element.textContent = words.expired;
      } else if (element.classList.contains("nb-status")) {
        element.className = "nb-status nb-status--expired";
      } else if (element.parentNode.hasAttribute("data-current")) {
        element.hidden = true;
      }
    });
    each("[data-ends]", function (element) {
      var count = element.getAttribute("data-ends").split(" ").filter(function (end) {
        return end === "-" || (end && end >= day);
      }).length;
      element.textContent = count || (element.tagName === "TD" ? "—" : 0);
    });
    each("ul[data-current]", function (list) {
      var shown = list.querySelectorAll("li:not([hidden])").length;
      var section = list.parentNode;
      var small = section.querySelector("h2 small");
      if (small) small.textContent = small.textContent.replace(/\d+/, shown);
      if (shown) return;
      var empty = section.querySelector(".nb-empty");
      list.hidden = true;
      if (empty) empty.hidden = false; else section.hidden = true;
    });
    each(".nb-stale", function (element) { element.hidden = false; });
  }

  function each(selector, work) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), work);
  }

  function refresh() {
    var day = boardDay();
    if (day > builtOn) correct(day);
  }
  refresh();
  document.addEventListener("nb-listed", refresh);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) refresh(); });

  var root = document.documentElement;
  each(".nb-tools", function (tools) { tools.hidden = false; });
  each("[data-toggle]", function (button) {
    var name = button.getAttribute("data-toggle");
    var attribute = "data-nb-" + name;
    var preferred = name === "dark" && window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
    function isOn() {
      var chosen = root.getAttribute(attribute);
      return chosen ? chosen === "on" : preferred;
    }
    button.setAttribute("aria-pressed", String(isOn()));
    button.addEventListener("click", function () {
      var chosen = isOn() ? "off" : "on";
      root.setAttribute(attribute, chosen);
      button.setAttribute("aria-pressed", String(chosen === "on"));
      try { localStorage.setItem("nb-" + name, chosen); } catch (error) { /* not remembered */ }
    });
  });
})();
