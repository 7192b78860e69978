// Works out again what depends on the day, so that a page built days ago does not lie; and the switches and buttons.
//
// Nothing is decided here: the page carries what each notice on it becomes, and when.
//   data-days="2026-12-01:expired"        the marks to come
//   data-when="/2026-11-30 2027-01-05/"   the days on which something is shown, first and last included
//   data-changes="2026-12-01+1"           the steps of a number
//   data-until="2026-11-30"               the last day, for the days left
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

  function daysBetween(first, last) {
    return Math.round((Date.parse(last) - Date.parse(first)) / 86400e3);
  }

  function each(selector, work) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), work);
  }

  // What stood on the page when it was made, kept beside what it is now.
  function original(element, name, read) {
    var key = "data-built-" + name;
    if (!element.hasAttribute(key)) element.setAttribute(key, read());
    return element.getAttribute(key);
  }

  function markOn(day, element, built) {
    var mark = built;
    (element.getAttribute("data-days") || "").split(" ").forEach(function (step) {
      if (step && step.slice(0, 10) <= day) mark = step.slice(11);
    });
    return mark;
  }

  function builtMark(element, prefix) {
    return original(element, "mark", function () {
      return element.getAttribute("data-mark") || new RegExp(prefix + "--([a-z-]+)").exec(element.className)[1];
    });
  }

  function isShown(day, ranges) {
    return ranges.split(" ").some(function (range) {
      var ends = range.split("/");
      return (!ends[0] || ends[0] <= day) && (!ends[1] || day <= ends[1]);
    });
  }

  function timeLeft(days) {
    if (days > 0) return words["days-left"].replace("{days}", days);
    if (days === 0) return words["last-day"];
    return words["days-since"].replace("{days}", -days);
  }

  function marks(day) {
    each(".nb-mark[data-days]", function (element) {
      var mark = markOn(day, element, builtMark(element, "nb-mark"));
      element.className = "nb-mark nb-mark--" + mark;
      element.textContent = words.statuses[mark];
    });
    each(".nb-status[data-days]", function (element) {
      element.className = "nb-status nb-status--" + markOn(day, element, builtMark(element, "nb-status"));
    });
    each(".nb-left[data-until]", function (element) {
      var mark = markOn(day, element, element.getAttribute("data-mark"));
      var counts = mark === "current" || mark === "expired";
      element.textContent = counts ? timeLeft(daysBetween(day, element.getAttribute("data-until"))) : "";
    });
  }

  function numbers(day) {
    each("[data-changes]", function (element) {
      var number = Number(original(element, "number", function () { return element.textContent; }));
      element.getAttribute("data-changes").split(" ").forEach(function (step) {
        if (step.slice(0, 10) <= day) number += Number(step.slice(10));
      });
      element.textContent = number;
    });
  }

  function lists(day) {
    each("[data-when]", function (element) { element.hidden = !isShown(day, element.getAttribute("data-when")); });
    each("[data-list]", function (list) {
      var most = Number(list.getAttribute("data-most")) || Infinity;
      var shown = 0;
      Array.prototype.forEach.call(list.children, function (line) {
        var days = line.getAttribute("data-when");
        line.hidden = (days && !isShown(day, days)) || shown >= most;
        if (!line.hidden) shown += 1;
      });
    });
    each("[data-soonest]", function (list) { soonest(day, list); });
    each("section", function (section) {
      var list = section.querySelectorAll("[data-list]");
      var some = section.querySelector("[data-list] > :not([hidden])");
      var empty = section.querySelector(".nb-empty");
      if (!list.length) return;
      if (section.hasAttribute("data-section")) section.hidden = !some;
      if (empty) empty.hidden = !!some;
    });
    each("[data-when-none]", function (element) {
      element.hidden = !!document.querySelector("[data-list] > :not([hidden])");
    });
    each("[data-above]", function (element) {
      var number = element.parentNode.querySelector(".nb-count");
      element.hidden = Number(number.textContent) <= Number(element.getAttribute("data-above"));
    });
  }

  // Those that end next, taken from the list of all that are current.
  function soonest(day, list) {
    var lines = [];
    each("#all-current > li", function (line) {
      var left = line.querySelector("[data-until]");
      var days = line.getAttribute("data-when");
      if (!left || (days && !isShown(day, days))) return;
      lines.push({ until: left.getAttribute("data-until"), url: addressOf(line), line: line });
    });
    lines.sort(function (one, other) {
      return one.until < other.until ? -1 : one.until > other.until ? 1 : one.url < other.url ? -1 : 1;
    });
    list.textContent = "";
    lines.slice(0, Number(list.getAttribute("data-soonest"))).forEach(function (found) {
      var copy = found.line.cloneNode(true);
      copy.hidden = false;
      list.appendChild(copy);
    });
  }

  function addressOf(line) {
    return line.querySelector("a").getAttribute("href");
  }

  function correct(day) {
    marks(day);
    numbers(day);
    lists(day);
    each(".nb-stale", function (element) { element.hidden = false; });
    var promised = Number(meta.getAttribute("data-rebuild"));
    each(".nb-overdue", function (element) {
      element.hidden = !promised || daysBetween(builtOn, day) <= promised;
    });
  }

  function refresh() {
    var day = boardDay();
    meta.setAttribute("data-today", day);
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

  // Paper: what a button asks for holds for one printing.
  each(".nb-print", function (tools) { tools.hidden = !window.print; });
  each("[data-print]", function (button) {
    button.addEventListener("click", function () {
      root.setAttribute("data-nb-print", button.getAttribute("data-print"));
      window.print();
    });
  });
  window.addEventListener("afterprint", function () { root.removeAttribute("data-nb-print"); });

  // An address that a link says itself is not printed behind it once more.
  each(".nb-body a[href^='http']", function (link) {
    var address = link.getAttribute("href").replace(/^https?:[/]{2}/, "").replace(/\/$/, "");
    if (link.textContent.indexOf(address) >= 0) link.className = "nb-said";
  });
})();
