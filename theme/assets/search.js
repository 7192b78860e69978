// Looks for every word of a query in the register: titles, summaries, numbers, publishers, categories.
(function () {
  "use strict";
  var form = document.querySelector("[data-search]");
  var results = document.getElementById("results");
  var count = document.querySelector(".nb-result-count");
  if (!form || !results) return;
  var root = form.getAttribute("data-root");
  var meta = document.querySelector('meta[name="noticeboard"]');
  var labels = JSON.parse(meta.getAttribute("data-words")).statuses;
  var input = form.elements.q;
  var register = null;
  var later = JSON.parse(results.getAttribute("data-later"));
  var removed = JSON.parse(results.getAttribute("data-removed"));

  function folded(text) {
    return (text.normalize ? text.normalize("NFKC") : text).toLowerCase()
      .replace(/[〔〕［］\[\]【】]/g, "|").replace(/\s+/g, "");
  }

  function haystack(notice) {
    // From the day on which text and summary are taken away, they are not found either.
    var isRemoved = removed.hasOwnProperty(notice.id) && removed[notice.id] <= meta.getAttribute("data-today");
    return [
      notice.title, isRemoved ? "" : notice.summary, notice.index_number, notice.document_number || "",
      notice.publisher.name, notice.category.name
    ].map(folded).join("\n");
  }

  function show(query) {
    var words = query.split(/\s+/).filter(Boolean).map(folded);
    results.textContent = "";
    if (!words.length) { count.textContent = ""; return; }
    var found = register.notices.filter(function (notice) {
      var text = notice.haystack || (notice.haystack = haystack(notice));
      return words.every(function (word) { return text.indexOf(word) >= 0; });
    });
    count.textContent = count.getAttribute("data-found").replace("{count}", found.length);
    if (!found.length) count.textContent = count.getAttribute("data-none");
    found.forEach(function (notice) { results.appendChild(line(notice)); });
    // board.js corrects the marks when this register was built days ago.
    document.dispatchEvent(new Event("nb-listed"));
  }

  function line(notice) {
    var item = document.createElement("li");
    item.className = "nb-row";
    var link = document.createElement("a");
    link.className = "nb-row__title";
    link.href = root + notice.url;
    link.textContent = notice.title;
    var facts = document.createElement("p");
    facts.className = "nb-row__facts";
    var mark = document.createElement("span");
    var key = notice.status === "withdrawn" && notice.change ? notice.change.type
      : notice.status === "current" && !notice.effective.until ? "long-term" : notice.status;
    mark.className = "nb-mark nb-mark--" + key;
    mark.textContent = labels[key];
    var days = later.hasOwnProperty(notice.id) ? later[notice.id] : ending(notice);
    if (days) mark.setAttribute("data-days", days);
    facts.appendChild(mark);
    [notice.published_on, notice.publisher.name, notice.document_number].forEach(function (text) {
      if (!text) return;
      var span = document.createElement("span");
      span.textContent = text;
      facts.appendChild(document.createTextNode(" "));
      facts.appendChild(span);
    });
    item.appendChild(link);
    item.appendChild(facts);
    return item;
  }

  // The usual case: what is current ends with its last day.
  function ending(notice) {
    var until = notice.effective.until;
    if (notice.status !== "current" || !until || until === "9999-12-31") return "";
    return new Date(Date.parse(until) + 86400e3).toISOString().slice(0, 10) + ":expired";
  }

  function ask() {
    var query = input.value.trim();
    if (!query || register) { if (register) show(query); return; }
    count.textContent = count.getAttribute("data-loading");
    var request = new XMLHttpRequest();
    request.open("GET", form.getAttribute("data-search"));
    request.onload = function () {
      try { register = JSON.parse(request.responseText); } catch (error) { failed(); return; }
      show(input.value.trim());
    };
    request.onerror = failed;
    request.send();
  }

  function failed() { count.textContent = count.getAttribute("data-failed"); }

  function decoded(text) {
    try { return decodeURIComponent(text); } catch (error) { return text; }
  }

  var given = /[?&]q=([^&]*)/.exec(location.search);
  if (given) input.value = decoded(given[1].replace(/\+/g, " "));
  ask();
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(input.value.trim()));
    ask();
  });
})();
