// The fields in which one searches: what is typed, in whatever way, and in the header what is found meanwhile.
//
// The engine and its index are fetched when a field gets the focus, and not before.
(function () {
  "use strict";
  var own = document.currentScript;
  var meta = document.querySelector('meta[name="noticeboard"]');
  var WAIT = 200;
  var MOST = 6;
  // The Enter that ends a composition comes this soon after its end, where it comes after it.
  var SAME_KEY = 100;

  function script(address) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = function () { element.remove(); reject(new Error(address)); };
      document.head.appendChild(element);
    });
  }

  function today() { return meta.getAttribute("data-today") || meta.getAttribute("content"); }

  var opened = null;

  // The engine with its manifest. What could not be fetched is asked for again next time.
  function open() {
    if (opened) return opened;
    opened = (window.noticeboardSearch ? Promise.resolve() : script(own.getAttribute("data-engine"))).then(function () {
      if (!window.noticeboardSearch) throw new Error("something else came in the engine's place");
      var engine = window.noticeboardSearch.open(own.getAttribute("data-index"), own.getAttribute("data-version"), today);
      return engine.ready().then(function (manifest) { return { engine: engine, manifest: manifest }; });
    });
    opened.catch(function () { opened = null; });
    return opened;
  }

  // Calls `typed` with what stands in the field once it stands still for `wait` ms; never in the middle of a composition.
  function follow(input, wait, typed) {
    var composing = false, ended = -Infinity, refused = -Infinity, timer = 0, last = input.value;

    function settle() {
      clearTimeout(timer);
      if (composing || input.value === last) return;
      last = input.value;
      typed(last);
    }
    function later() {
      clearTimeout(timer);
      if (!composing) timer = setTimeout(settle, wait);
    }
    function end(event) {
      composing = false;
      ended = event.timeStamp;
      later();
    }
    input.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
    input.addEventListener("compositionend", end);
    input.addEventListener("blur", function (event) { if (composing) end(event); });
    // Also what is pasted, dictated or cleared.
    input.addEventListener("input", later);
    input.addEventListener("search", later);
    input.addEventListener("keydown", function (event) {
      // Safari ends the composition before this key comes, others after it.
      if (event.key === "Enter" && isOfMethod(event) && (composing || event.timeStamp - ended < SAME_KEY)) {
        refused = event.timeStamp;
      }
    });
    input.form.addEventListener("submit", function (event) {
      if (!composing && event.timeStamp - refused >= SAME_KEY) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    });
    return {
      settle: settle,
      set: function (value) { clearTimeout(timer); input.value = last = value; }
    };
  }

  // Whether a key went to the input method.
  function isOfMethod(event) { return event.isComposing || event.keyCode === 229; }

  // One letter says nothing, one Chinese character does.
  function isEnough(query) { return query.length > 1 || query > "\u2e80"; }

  // What is wrong in a script is not the network's fault and not to be hidden.
  function throwFault(error) { if (error instanceof TypeError) throw error; }

  // Where a page is. In a folder nobody answers with the page for an address that ends in a slash.
  function address(url) {
    return own.getAttribute("data-root") + url + (location.protocol === "file:" ? "index.html" : "");
  }

  function worded(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function mark(into, pieces) {
    pieces.forEach(function (piece) {
      var element = piece.marked ? document.createElement("mark") : null;
      if (element) element.textContent = piece.text;
      into.appendChild(element || document.createTextNode(piece.text));
    });
  }

  window.noticeboardField = {
    open: open, follow: follow, worded: worded, mark: mark, throwFault: throwFault, address: address, today: today
  };

  function suggest(form) {
    var input = form.elements.q;
    var list = form.querySelector("[role=listbox]");
    var status = form.querySelector("[role=status]");
    var labels = JSON.parse(meta.getAttribute("data-words")).statuses;
    var active = -1, turn = 0;

    form.action = address("search/");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function say(name, values) { return worded(form.getAttribute("data-" + name), values); }
    function isOpen() { return !list.hidden; }

    function show(isShown) {
      list.hidden = !isShown;
      input.setAttribute("aria-expanded", String(isShown));
      choose(-1);
    }
    function close() {
      // What is still on its way comes too late.
      turn += 1;
      show(false);
      status.textContent = "";
    }
    function choose(number) {
      var options = list.children;
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = number;
      if (number < 0) { input.removeAttribute("aria-activedescendant"); return; }
      options[number].setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", options[number].id);
      var top = options[number].offsetTop, bottom = top + options[number].offsetHeight;
      list.scrollTop = Math.min(top, Math.max(list.scrollTop, bottom - list.clientHeight));
      if (options[number].getBoundingClientRect().bottom > window.innerHeight) options[number].scrollIntoView(false);
    }
    function option(address) {
      var element = document.createElement("li");
      element.id = list.id + "-" + list.children.length;
      element.setAttribute("role", "option");
      element.setAttribute("aria-selected", "false");
      element.setAttribute("data-address", address);
      list.appendChild(element);
      return element;
    }
    function line(notice, engine, manifest, found) {
      var element = option(address(notice.url));
      var facts = document.createElement("span");
      var publisher = manifest.publishers.filter(function (each) { return each[0] === notice.publisher; })[0];
      mark(element, engine.marked(notice.title, found));
      facts.className = "nb-options__facts";
      facts.textContent = labels[notice.mark] + "\u3000" + publisher[1];
      element.appendChild(facts);
    }
    function look(query) {
      var asked = turn += 1;
      query = query.trim();
      if (!isEnough(query)) { close(); return; }
      open().then(function (on) {
        return on.engine.search(query, { widely: true }).then(function (found) {
          return Promise.all(found.all.slice(0, MOST).map(function (number) { return on.engine.notice(number); })).then(function (notices) {
            if (asked !== turn || document.activeElement !== input) return;
            list.textContent = "";
            notices.forEach(function (notice) { line(notice, on.engine, on.manifest, found); });
            var name = found.strict.length ? "every" : found.related.length ? "related" : "nothing";
            var last = option(address("search/") + "?q=" + encodeURIComponent(query));
            last.className = "nb-options__all";
            last.textContent = say(name, { query: query, count: (found.strict.length ? found.strict : found.related).length });
            show(true);
            status.textContent = notices.length ? say("announced", { count: found.all.length }) : last.textContent;
          });
        });
      }).catch(function (error) {
        // The form still leads to the page that says what fails.
        if (asked === turn) close();
        throwFault(error);
      });
    }
    function go(element) { location.assign(element.getAttribute("data-address")); }

    follow(input, WAIT, look);
    input.addEventListener("focus", function () { open().catch(throwFault); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (isOfMethod(event)) return;
      var last = list.children.length - 1;
      // Older browsers leave it out.
      var key = event.key.replace("Arrow", "");
      if (key === "Down" || key === "Up") {
        if (!isOpen()) look(input.value);
        else if (key === "Down") choose(active < last ? active + 1 : -1);
        else choose(active < 0 ? last : active - 1);
      } else if (active >= 0 && (key === "Home" || key === "End")) choose(key === "Home" ? 0 : last);
      else if (active >= 0 && key === "Enter") go(list.children[active]);
      else if (isOpen() && (key === "Escape" || key === "Esc")) close();
      else return;
      event.preventDefault();
    });
    // The focus stays in the field while a finger or a mouse is in the list.
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var chosen = event.target.closest("[role=option]");
      if (chosen) go(chosen);
    });
    window.addEventListener("pageshow", close);
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-suggest]"), suggest);
})();
