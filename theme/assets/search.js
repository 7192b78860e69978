// The search page: what the engine finds, as a list that follows what is typed and chosen.
//
// The address holds the query and the filters; the state of the history how many results were shown, and where.
(function () {
  "use strict";
  var field = window.noticeboardField;
  var form = document.querySelector(".nb-search");
  var finder = document.querySelector(".nb-finder");
  if (!field || !form || !finder) return;
  var meta = document.querySelector('meta[name="noticeboard"]');
  var labels = JSON.parse(meta.getAttribute("data-words")).statuses;
  var input = form.elements.q;
  var count = document.querySelector(".nb-result-count");
  var results = document.getElementById("results");
  var related = document.getElementById("related");
  var offers = document.querySelector(".nb-offers");
  var more = document.querySelector(".nb-further button");
  var progress = document.querySelector(".nb-further [role=status]");
  var again = document.querySelector(".nb-again");
  var jump = document.querySelector(".nb-jump");
  var mends = document.querySelectorAll(".nb-mend");
  var unchoose = mends[0], widen = mends[1];
  var sheet = document.querySelector(".nb-sheet span");
  var help = document.getElementById("help");
  var filters = finder.querySelector(".nb-filters");
  var chips = finder.querySelector(".nb-chips");
  var onlyAsked = Array.prototype.slice.call(finder.querySelectorAll("[data-asked]"));
  var similar = document.getElementById("similar");
  var sort = document.getElementById("sort");
  var selects = Array.prototype.slice.call(finder.querySelectorAll("[data-filter]"));
  var pageTitle = document.title;
  var STEP = 50;
  var BATCH = 10;
  var WAIT = 250;
  var PATIENCE = 300;
  // So many results leave what is related to them on the first screen.
  var FEW = 3;

  var engine, manifest, names, shownNow;
  var turn = 0, scrolled = 0;
  var isSettled = true;
  // Whether results are on their way, and whether they were asked for by a button or a key.
  var isBusy = false, isSought = false;
  var state;

  function words(name, values) {
    return field.worded(document.getElementById("words").getAttribute("data-" + name), values || {});
  }
  function filterOf(select) { return select.getAttribute("data-filter"); }
  function labelOf(select) { return select.parentNode.firstChild.nodeValue; }

  // The address, and back.

  function decoded(text) {
    text = text.replace(/\+/g, " ");
    try { return decodeURIComponent(text); } catch (error) { return text; }
  }

  function read() {
    // Without what every object has: an address may name anything.
    var given = Object.create(null);
    location.search.slice(1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      var name = pair.slice(0, at);
      if (at > 0 && !(name in given)) given[name] = decoded(pair.slice(at + 1));
    });
    var choice = {};
    selects.forEach(function (select) {
      var name = filterOf(select);
      if (given[name]) choice[name] = given[name];
    });
    return {
      query: (given.q || "").trim(), choice: choice,
      sort: given.sort === "date" ? "date" : "", isWide: given.similar !== "no"
    };
  }

  function address(of) {
    var parts = of.query ? ["q=" + encodeURIComponent(of.query)] : [];
    selects.forEach(function (select) {
      var value = of.choice[filterOf(select)];
      if (value) parts.push(filterOf(select) + "=" + encodeURIComponent(value));
    });
    if (of.sort) parts.push("sort=" + of.sort);
    if (!of.isWide) parts.push("similar=no");
    return "?" + parts.join("&");
  }

  // What was chosen in one go is one step back.
  function keep(isStep) {
    var isSame = address(state) === address(read());
    var method = isStep && !isSame ? "pushState" : "replaceState";
    var kept = isSame ? history.state : null;
    try {
      history[method](kept, "", address(state));
    } catch (error) { /* Some browsers keep no addresses of files: the search works without. */ }
  }

  function remember() {
    try {
      history.replaceState({ shown: shownNow, at: window.pageYOffset }, "");
    } catch (error) { /* as above */ }
  }

  // What is shown of the state beside the results.
  function reflect() {
    typing.set(state.query);
    similar.checked = state.isWide;
    sort.value = state.sort;
  }

  // Results.

  // The lists to show: [{kind, numbers, found}], with the other queries that are offered.
  function lists() {
    if (!state.query) return Promise.resolve(unasked());
    return engine.search(state.query, { widely: state.isWide }).then(function (found) {
      if (!found.typed) return unasked();
      if (found.all.length) return { groups: groups("strict", found), offers: [] };
      return state.isWide ? offered() : engine.search(state.query, { widely: true }).then(function (wide) {
        return wide.all.length ? { groups: [], offers: [], wide: wide.all.length } : offered();
      });
    });
  }

  // Of a query that finds nothing.
  function offered() {
    return engine.offers(state.query).then(function (found) {
      var best = found.filter(function (offer) { return offer.kind !== "apart"; })[0];
      var others = found.filter(function (offer) { return offer !== best; });
      if (!best) return { groups: [], offers: others };
      return engine.search(best.query, { widely: best.kind === "parts" || state.isWide }).then(function (other) {
        return { groups: groups(best.kind, other, best.query), offers: others };
      });
    });
  }

  function groups(kind, found, query) {
    // Of parts all are counted together.
    var isOne = kind === "parts";
    return [
      { kind: kind, numbers: isOne ? found.all : found.strict, found: found, query: query },
      { kind: "related", numbers: isOne ? [] : found.related, found: found }
    ];
  }

  // Filters without words list all that they let pass.
  function unasked() {
    var all = [];
    while (all.length < manifest.count) all.push(all.length);
    return { groups: [{ kind: "all", numbers: engine.newest(all), found: null }], offers: [], isUnasked: true };
  }

  function hasChoice() { return Object.keys(state.choice).length > 0; }
  function active() { return selects.filter(function (select) { return state.choice[filterOf(select)]; }); }

  function look(shown, at) {
    var asked = turn += 1;
    isBusy = true;
    function isLate() { return asked !== turn; }
    var waiting = setTimeout(function () { if (!isLate()) tell(words("loading")); }, PATIENCE);
    again.hidden = true;
    document.title = (state.query ? state.query + " · " : "") + pageTitle;
    field.open().then(function (opened) {
      learn(opened);
      return lists();
    }).then(function (listed) {
      var columns = engine.columns();
      // What is chosen from needs the columns; other results do not wait for them.
      return (hasChoice() ? columns : Promise.resolve()).then(function () {
        if (isLate()) return columns;
        clearTimeout(waiting);
        var rows = present(listed, Math.max(shown || 0, STEP), at, isLate);
        return Promise.all([rows, columns.then(function () { if (!isLate()) offerFilters(listed.groups); })]);
      });
    }).catch(function (error) {
      clearTimeout(waiting);
      if (!isLate()) failed();
      field.throwFault(error);
    });
  }

  function learn(opened) {
    engine = opened.engine;
    manifest = opened.manifest;
    names = { publisher: {}, category: {} };
    manifest.publishers.forEach(function (each) { names.publisher[each[0]] = each[1]; });
    manifest.categories.forEach(function (each) { names.category[each[0]] = each[1]; });
    // What an address asks for that is none of ours is no filter.
    selects.forEach(function (select) {
      var name = filterOf(select), value = state.choice[name];
      if (value && nameOf(select, value) === undefined) delete state.choice[name];
    });
  }

  function failed() {
    clear();
    offers.hidden = unchoose.hidden = widen.hidden = true;
    tell(words("failed"));
    again.hidden = false;
    meet();
  }

  function tell(text) { if (count.textContent !== text) count.textContent = text; }

  function clear() {
    [results, related].forEach(function (list) {
      list.textContent = "";
      list.parentNode.hidden = true;
    });
    more.hidden = jump.hidden = true;
    progress.textContent = "";
  }

  function present(listed, shown, at, isLate) {
    var isStart = listed.isUnasked && !hasChoice();
    var total = 0, before = 0;
    var chosen = listed.groups.map(function (group) {
      var numbers = hasChoice() ? engine.chosen(group.numbers, state.choice) : group.numbers;
      before += group.numbers.length;
      total += numbers.length;
      return { kind: group.kind, found: group.found, query: group.query, numbers: state.sort ? engine.newest(numbers) : numbers };
    });
    onlyAsked.forEach(function (element) { element.hidden = !!listed.isUnasked; });
    help.hidden = !isStart && (total > 0 || before > 0 || listed.offers.length > 0 || !!listed.wide);
    help.querySelector(".nb-advice").hidden = isStart;
    unchoose.hidden = isStart || total > 0 || !before;
    widen.hidden = !listed.wide;
    finder.hidden = false;
    tell(isStart ? "" : sentence(chosen, before, listed));
    write();
    offer(listed, total);
    var rows = [];
    if (!isStart) chosen.forEach(function (group) {
      group.numbers.forEach(function (number) { rows.push({ number: number, group: group }); });
    });
    return fill(rows, 0, shown, isLate).then(function () {
      if (at !== undefined && !isLate()) window.scrollTo(0, at);
    });
  }

  function sentence(groups, before, listed) {
    var first = groups[0];
    if (listed.wide) return words("wide", { count: listed.wide });
    if (!first) return words(listed.offers.length ? "apart" : "none", { query: state.query });
    var number = first.numbers.length;
    var other = groups[1] ? groups[1].numbers.length : 0;
    if (!number && !other) return words("narrow", { count: before });
    if (first.kind === "strict") {
      return words(!number ? "related" : other ? "found-more" : "found", { count: number || other, related: other });
    }
    var parts = (first.query || "").split(/\s+/).map(function (part) { return words("word", { word: part }); });
    var last = parts.pop();
    return words(first.kind, {
      count: number, query: state.query, other: first.query,
      words: parts.length ? parts.join("") + words("and") + last : last
    });
  }

  // What a sheet of paper says of where it comes from.
  function write() {
    var parts = [worded("day", field.today())];
    if (state.query) parts.push(words("asked", { query: state.query }));
    active().forEach(function (select) {
      parts.push(words("chosen", { filter: labelOf(select), name: nameOf(select, state.choice[filterOf(select)]) }));
    });
    // Of a folder on a disk others have no address.
    if (location.host) parts.push(location.host + location.pathname + decodeURI(address(state)));
    sheet.textContent = parts.join("\u3000");
  }

  // What was asked for by a button or a key is shown, if it would stand far below.
  function meet() {
    isBusy = false;
    if (!isSought) return;
    isSought = false;
    if (count.textContent && count.getBoundingClientRect().top > window.innerHeight / 2) count.scrollIntoView();
  }

  function offer(listed, total) {
    var list = offers.querySelector("ul");
    list.textContent = "";
    offers.hidden = !listed.offers.length;
    offers.querySelector("p").textContent = total ? words("others") : "";
    listed.offers.forEach(function (offered) {
      var item = document.createElement("li"), link = document.createElement("a");
      var there = { query: offered.query, choice: state.choice, sort: state.sort, isWide: state.isWide };
      link.href = address(there);
      link.textContent = words("offer", { query: offered.query, count: offered.count });
      link.addEventListener("click", function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        change(there);
        count.focus();
      });
      item.appendChild(link);
      list.appendChild(item);
    });
  }

  // Rows from one number on up to another, in order, each as soon as it is there. Gives the first.
  function fill(rows, from, to, isLate) {
    var first = null;
    to = Math.min(to, rows.length);
    shownNow = to;
    if (!rows.length) clear();
    function add(record, number) {
      if (isLate()) return;
      // What was found before stays until there is something new.
      if (!number) clear();
      var item = line(record, rows[number]);
      first = first || item;
    }
    function next(begin) {
      var end = Math.min(begin + BATCH, to);
      if (!isLate() && begin >= Math.min(BATCH, to)) meet();
      if (begin >= end || isLate()) return Promise.resolve();
      var coming = rows.slice(begin, end).map(function (row) { return engine.notice(row.number); });
      coming.forEach(function (record) { record.catch(function () { /* told by the first in the row */ }); });
      return coming.reduce(function (before, record, offset) {
        return before.then(function () { return record; }).then(function (made) { add(made, begin + offset); });
      }, Promise.resolve()).then(function () { return next(end); });
    }
    return next(from).then(function () {
      if (isLate()) return first;
      jump.hidden = related.parentNode.hidden || results.children.length <= FEW;
      more.hidden = to >= rows.length;
      more.onclick = function goOn() {
        more.onclick = null;
        fill(rows, to, to + STEP, isLate).then(function (added) {
          if (isLate()) return;
          progress.textContent = words("shown", { count: shownNow, total: rows.length });
          remember();
          added.querySelector("a").focus();
        }).catch(function (error) {
          progress.textContent = words("failed");
          more.onclick = goOn;
          field.throwFault(error);
        });
      };
      return first;
    });
  }

  function line(notice, row) {
    var found = row.group.found;
    var list = row.group.kind === "related" ? related : results;
    var item = document.importNode(document.getElementById("row").content, true).querySelector("li");
    var link = item.querySelector("a");
    var facts = item.querySelector(".nb-row__facts");
    var mark = item.querySelector(".nb-mark");
    function fact(pieces) {
      var span = document.createElement("span");
      field.mark(span, pieces);
      facts.appendChild(document.createTextNode(" "));
      facts.appendChild(span);
    }
    function plain(text) { if (text) fact([{ text: text, marked: false }]); }
    function marked(text) { return found ? engine.marked(text, found) : [{ text: text, marked: false }]; }

    link.href = field.address(notice.url);
    field.mark(link, marked(notice.title));
    mark.className = "nb-mark nb-mark--" + notice.mark;
    mark.textContent = labels[notice.mark];
    // board.js goes on from what it is today.
    if (notice.days) mark.setAttribute("data-days", notice.days);
    plain(notice.period);
    plain(names.publisher[notice.publisher]);
    plain(names.category[notice.category]);
    plain(worded("published", notice.published_on));
    if (notice.document_number) fact(marked(notice.document_number));
    var index = marked(notice.index_number);
    // The index number is worth a line only where it is what was looked for.
    if (index.some(isMarked)) fact([{ text: words("index-number"), marked: false }].concat(index));
    list.parentNode.hidden = false;
    list.appendChild(item);
    if (found) {
      (found.reasons[row.number] || []).forEach(function (reason) {
        paragraph(item, "nb-row__reason").textContent = words(reason.kind, { found: reason.found });
      });
      var text = paragraph(item, "nb-row__text");
      engine.snippet(row.number, found).then(function (pieces) {
        if (!pieces.length) { text.remove(); return; }
        if (pieces.isAttached) text.textContent = words("attached");
        else link.href += place(pieces.filter(isMarked)[0]);
        field.mark(text, pieces);
      }).catch(function (error) {
        // The result is there without it.
        text.remove();
        field.throwFault(error);
      });
    }
    return item;
  }

  function isMarked(piece) { return piece.marked; }

  // Leads to a found word on a page, where the browser knows how; "-" has a meaning of its own there.
  function place(piece) {
    return piece && piece.text ? "#:~:text=" + encodeURIComponent(piece.text).replace(/-/g, "%2D") : "";
  }

  function paragraph(item, name) {
    var made = document.createElement("p");
    made.className = name;
    return item.appendChild(made);
  }

  function worded(name, day) {
    var parts = day.split("-").map(Number);
    return words(name, { year: parts[0], month: parts[1], day: parts[2] });
  }

  // Filters.

  // The name of a value, undefined for one that is none.
  function nameOf(select, value) {
    var name = filterOf(select);
    if (names.hasOwnProperty(name)) return names[name].hasOwnProperty(value) ? names[name][value] : undefined;
    if (name === "year") return /^\d{4}$/.test(value) ? value : undefined;
    return fixed[name].filter(function (each) { return each[0] === value; }).map(function (each) { return each[1]; })[0];
  }

  var fixed = {};
  selects.forEach(function (select) {
    fixed[filterOf(select)] = Array.prototype.slice.call(select.options, 1).map(function (option) {
      return [option.value, option.textContent];
    });
  });

  function offerFilters(groups) {
    var numbers = groups.reduce(function (all, group) { return all.concat(group.numbers); }, []);
    var counts = engine.counts(numbers, state.choice);
    selects.forEach(function (select) {
      var name = filterOf(select), counted = counts[name], now = state.choice[name] || "";
      var values = name === "publisher" ? manifest.publishers : name === "category" ? manifest.categories : fixed[name];
      values = values.map(function (each) { return each[0]; });
      if (name === "year") values = Object.keys(counted).concat(counted[now] || !now ? [] : [now]).sort().reverse();
      select.length = 1;
      values.forEach(function (value) {
        if (!counted[value] && value !== now) return;
        var option = document.createElement("option");
        option.value = value;
        option.textContent = words("counted", { name: nameOf(select, value), count: counted[value] || 0 });
        select.appendChild(option);
      });
      select.value = now;
    });
    offerChips();
  }

  function offerChips() {
    var chosen = active();
    var number = filters.querySelector(".nb-filters__count");
    number.textContent = chosen.length ? field.worded(number.getAttribute("data-text"), { count: chosen.length }) : "";
    chips.textContent = "";
    chips.hidden = !chosen.length;
    chosen.forEach(function (select) {
      var name = filterOf(select), values = { filter: labelOf(select), name: nameOf(select, state.choice[name]) };
      chip(words("chosen", values), words("remove", values), function () { choose(name, ""); });
    });
    if (chosen.length > 1) chip(words("remove-all"), "", function () { change(changed("choice", {})); });
  }

  function chip(text, name, remove) {
    var item = document.importNode(document.getElementById("chip").content, true);
    var button = item.querySelector("button");
    button.textContent = text;
    if (name) button.setAttribute("aria-label", name);
    button.addEventListener("click", function () {
      // The button is gone in a moment.
      filters.querySelector("summary").focus();
      remove();
    });
    chips.appendChild(item);
  }

  // Changes of the state.

  function changed(name, value) {
    var other = { query: state.query, choice: state.choice, sort: state.sort, isWide: state.isWide };
    other[name] = value;
    return other;
  }

  function choose(name, value) {
    var choice = {};
    Object.keys(state.choice).forEach(function (each) { choice[each] = state.choice[each]; });
    if (value) choice[name] = value; else delete choice[name];
    change(changed("choice", choice));
  }

  // One step that "back" takes back.
  function change(to) {
    remember();
    state = to;
    keep(true);
    isSettled = true;
    reflect();
    look();
  }

  selects.forEach(function (select) {
    select.addEventListener("change", function () { choose(filterOf(select), select.value); });
  });
  similar.addEventListener("change", function () { change(changed("isWide", similar.checked)); });
  sort.addEventListener("change", function () { change(changed("sort", sort.value)); });
  again.querySelector("button").addEventListener("click", function () {
    count.focus();
    look();
  });

  function mend(way, name, value) {
    way.querySelector("button").addEventListener("click", function () {
      // The button is gone in a moment.
      count.focus();
      change(changed(name, value));
    });
  }
  mend(unchoose, "choice", {});
  mend(widen, "isWide", true);
  jump.querySelector("a").addEventListener("click", function (event) {
    event.preventDefault();
    var heading = document.getElementById("related-name");
    heading.scrollIntoView();
    heading.focus();
  });

  // All that is typed in one go is one step back.
  var typing = field.follow(input, WAIT, function (value) {
    if (value.trim() === state.query) return;
    isSought = false;
    var isStep = isSettled && address(state) !== "?";
    if (isStep) remember();
    state = changed("query", value.trim());
    keep(isStep);
    isSettled = false;
    look();
  });
  input.addEventListener("change", function () { isSettled = true; });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    typing.settle();
    isSettled = true;
    // A keyboard on the screen would hide what was found.
    if (window.matchMedia && matchMedia("(pointer: coarse)").matches) input.blur();
    isSought = true;
    if (!again.hidden) look();
    else if (!isBusy) meet();
  });
  window.addEventListener("popstate", function () {
    var to = read();
    if (address(to) === address(state)) return;
    state = to;
    isSettled = true;
    reflect();
    look((history.state || {}).shown, (history.state || {}).at);
  });
  // Kept before the page is left: as it is left may be too late.
  window.addEventListener("scroll", function () {
    clearTimeout(scrolled);
    scrolled = setTimeout(remember, WAIT);
  });
  document.addEventListener("click", remember, true);

  // Open where results are seen below it.
  filters.open = !!window.matchMedia && matchMedia("(min-width: 48em) and (min-height: 56em)").matches;
  if ("scrollRestoration" in history) history.scrollRestoration = "manual";
  state = read();
  // Asked for on another page.
  isSought = !!state.query && !history.state;
  // Typed before this script was there.
  if (!state.query && input.value) state.query = input.value.trim();
  reflect();
  look((history.state || {}).shown, (history.state || {}).at);
})();
