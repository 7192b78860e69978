// Shows the current notices one after another on a television or an LED wall, for weeks and without a
// network. Everything is in the page: its data is JSON, and a new version of it is taken only whole.
//
// One timer of one second drives the clock, the day, the turning, the return to the start and the asking for
// a new version: a sleeping device or a clock that jumps leaves nothing waiting. Sizes are in rem, which is a
// thirtieth of the screen's smaller side, the least size of text; see compose() for how text gets its size.
(function () {
  "use strict";
  var FORMAT = 1;
  var CACHE = "noticeboard-screen-1";
  // Seconds.
  var LEAST_TIME = 8, MOST_TIME = 40, LED_TIME = 5, IDLE = 60, POLL = 300;
  // Characters that people read in a second.
  var PACE = 5;
  // Sizes of text in rem: of one page, of several, and the least of tables.
  var MOST_SIZE = 4.6, MOST_OF_MANY = 1.5, TABLE = 28 / 36;
  // On a screen whose smaller side has so many pixels there may be no room for the text; below the least
  // there is none. Text has room with so many rem in height and width, and in height beside the buttons.
  var SMALL = 300, LARGE = 700, ROOM = 8.2, ROOM_ACROSS = 14, ROOM_BY_HAND = 4;
  // More pages than this are not set again and again for the best size.
  var MANY = 6;
  var WEEK = 7;

  function id(name) { return document.getElementById(name); }
  var root = document.documentElement;
  var stage = id("stage"), box = id("text"), title = id("title"), facts = id("facts"), tools = id("tools");
  var words = JSON.parse(id("words").textContent);
  var data = null;
  var state = {
    sha256: "", day: "", list: [], scope: [], at: 0, page: 0, pages: [],
    mode: "auto", due: 0, begun: 0, idle: 0, poll: 0, minute: "", small: false, busy: false, reload: false, share: 1, picture: 0.86
  };
  state.scope = state.list;
  // What is on the screen, in which size: found once for each notice and screen.
  var sizes = {};
  var clocks = {};

  function say(key, values) {
    return words[key].replace(/\{(\w+)\}/g, function (whole, name) { return values[name]; });
  }

  // --- The day

  function formats() {
    var zone = data.zone;
    if (clocks.zone === zone) return clocks;
    clocks = { zone: zone, format: null };
    try {
      clocks.format = new Intl.DateTimeFormat("en-US", {
        timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
        hour12: false
      });
    } catch (error) { /* below */ }
    return clocks;
  }

  // The board's day and minute. Old browsers without time zones get China's fixed offset.
  function boardTime() {
    var now = new Date();
    var format = formats().format;
    try {
      var parts = {};
      format.formatToParts(now).forEach(function (part) { parts[part.type] = part.value; });
      var hour = parts.hour === "24" ? "00" : parts.hour;
      return { day: parts.year + "-" + parts.month + "-" + parts.day, minute: hour + ":" + parts.minute };
    } catch (error) {
      var moved = new Date(now.getTime() + 8 * 3600e3).toISOString();
      return { day: moved.slice(0, 10), minute: moved.slice(11, 16) };
    }
  }

  function daysBetween(first, last) {
    return Math.round((Date.parse(last) - Date.parse(first)) / 86400e3);
  }

  function isShown(day, ranges) {
    return ranges.split(" ").some(function (range) {
      var ends = range.split("/");
      return (!ends[0] || ends[0] <= day) && (!ends[1] || day <= ends[1]);
    });
  }

  function isNow(thing) { return thing.days ? isShown(state.day, thing.days) : thing.now; }

  // --- Text into pages

  var BLOCKS = /^(P|DIV|UL|OL|LI|DL|DT|DD|TABLE|BLOCKQUOTE|PRE|H[1-6]|HR|FIGURE|FIGCAPTION)$/;
  var HOLDERS = /^(DIV|UL|OL|LI|DL|DD|BLOCKQUOTE|TD|TH|FIGURE)$/;
  var SIGNED = /^[^。；]{2,80}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$/;
  var NO_START = /[、，。；：？！…）〕］】》〉」』”’%％℃·—\])?!,.;:]/;
  var NO_END = /[（〔［【《〈「『“‘[(]/;
  var NUMBER = /[（(]?[0-9]{2,}(?:-[0-9]{2,})+[、，。；：）);,]?/;
  var IN_A_WORD = /[A-Za-z0-9.,:/+%\-—～~*]/;

  function make(tag, name, text) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function each(list, work) { Array.prototype.slice.call(list).forEach(work); }

  function unwrap(element) {
    while (element.firstChild) element.parentNode.insertBefore(element.firstChild, element);
    element.parentNode.removeChild(element);
  }

  // The text of a notice as blocks that can be cut: no links, no scrolling boxes, no loose words in blocks.
  function source(notice) {
    var inert = document.implementation.createHTMLDocument("");
    inert.body.innerHTML = notice.body;
    var whole = document.importNode(inert.body, true);
    var made = make("div");
    while (whole.firstChild) made.appendChild(whole.firstChild);
    each(made.querySelectorAll(".footnote-backref"), function (link) { link.parentNode.removeChild(link); });
    each(made.querySelectorAll("a, .table-scroll, details"), unwrap);
    each(made.querySelectorAll("summary"), function (summary) {
      var line = make("p", "caption");
      while (summary.firstChild) line.appendChild(summary.firstChild);
      summary.parentNode.replaceChild(line, summary);
    });
    each(made.querySelectorAll(".footnote"), function (foot) {
      foot.className = "foot";
      each(foot.querySelectorAll("hr"), function (line) { line.parentNode.removeChild(line); });
    });
    each(made.querySelectorAll("[id]"), function (named) { named.removeAttribute("id"); });
    each(made.querySelectorAll("img"), picture);
    each(made.querySelectorAll("table"), function (table) {
      each(table.querySelectorAll("caption"), function (caption) {
        var line = make("p", "caption");
        while (caption.firstChild) line.appendChild(caption.firstChild);
        table.parentNode.insertBefore(line, table);
        caption.parentNode.removeChild(caption);
      });
    });
    gather(made);
    each(made.children, function (line) {
      if (line.tagName === "P" && line.querySelector("br") && SIGNED.test(line.textContent.trim())) line.className = "sign whole";
    });
    each(made.querySelectorAll("td, th, li, dd, div, blockquote, figure"), gather);
    notice.notes.filter(isNow).forEach(function (note, at) {
      made.insertBefore(make("p", "note", note.text), made.children[at] || null);
    });
    if (notice.files.length) {
      var files = make("div", "files");
      files.appendChild(make("p", "caption", words.files));
      notice.files.forEach(function (name) { files.appendChild(make("p", "line", name)); });
      made.appendChild(files);
    }
    each(made.querySelectorAll("table"), plan);
    keepNumbers(made);
    return made;
  }

  // A telephone number stays in one line, with the mark that must not begin the next.
  function keepNumbers(made) {
    made.normalize();
    texts(made).pieces.forEach(function (piece) {
      var node = piece.node, found = NUMBER.exec(node.data);
      // A line that ends before a number is not stretched.
      if (found && node.parentNode.tagName === "P") node.parentNode.classList.add("ragged");
      while (found) {
        var number = node.splitText(found.index);
        node = number.splitText(found[0].length);
        node.parentNode.insertBefore(make("span", "unbroken"), number).appendChild(number);
        found = NUMBER.exec(node.data);
      }
    });
  }

  function picture(image) {
    var embedded = data.pictures[Number(image.getAttribute("data-picture"))];
    if (embedded && embedded.width) {
      image.removeAttribute("data-picture");
      image.src = embedded.src;
      image.setAttribute("data-shape", embedded.width + " " + embedded.height);
      if (image.parentNode.tagName === "P" && !image.parentNode.textContent.trim()) {
        image.parentNode.className = "picture";
      }
    } else {
      image.parentNode.replaceChild(make("em", "", image.alt), image);
    }
  }

  // Loose words and pictures in a block that holds others get a line of their own.
  function gather(holder) {
    if (/^[UOD]L$/.test(holder.tagName)) return;
    var line = null;
    each(holder.childNodes, function (node) {
      if (node.nodeType === 1 && BLOCKS.test(node.tagName)) {
        line = null;
      } else if (node.nodeType !== 1 && (node.nodeType !== 3 || !node.data.trim()) && !line) {
        holder.removeChild(node);
      } else {
        if (!line) {
          line = make("p", "line");
          holder.insertBefore(line, node);
        }
        line.appendChild(node);
      }
    });
  }

  // A table as rows of cells that know their column, whose rows know which others they hang together with.
  function plan(table) {
    var rows = [], head = 0;
    each(table.querySelectorAll("tr"), function (row) {
      if (row.parentNode.tagName === "THEAD" && rows.length === head) head += 1;
      rows.push(row);
    });
    var declared = head;
    if (!head) {
      while (head < rows.length - 1 && rows[head].children.length && !rows[head].querySelector("td")) head += 1;
    }
    // Where every row looks like a head, the first is one.
    if (!table.querySelector("td")) head = Math.min(head, 1);
    var taken = [], width = 0, unit = 0, bound = 0, begins = [];
    rows.forEach(function (row, y) {
      taken[y] = taken[y] || [];
      begins[y] = y >= bound;
      if (begins[y]) unit += 1;
      bound = Math.max(bound, y + 1);
      var x = 0;
      each(row.children, function (cell) {
        while (taken[y][x]) x += 1;
        var across = Number(cell.getAttribute("colspan")) || 1;
        var down = Math.min(Number(cell.getAttribute("rowspan")) || 1, (y < declared ? declared : rows.length) - y);
        if (down > 1) cell.setAttribute("rowspan", down); else cell.removeAttribute("rowspan");
        cell.setAttribute("data-column", x);
        if (!cell.hasAttribute("align") && cell.textContent.length > 16) cell.classList.add("long");
        for (var v = y; v < y + down; v += 1) {
          taken[v] = taken[v] || [];
          for (var u = x; u < x + across; u += 1) taken[v][u] = true;
        }
        bound = Math.max(bound, y + down);
        x += across;
      });
      width = Math.max(width, taken[y].length);
      row.setAttribute("data-unit", unit);
    });
    while (head && !begins[head]) head -= 1;
    var top = make("thead"), rest = make("tbody");
    rows.forEach(function (row, y) { (y < head ? top : rest).appendChild(row); });
    table.textContent = "";
    if (head) table.appendChild(top);
    table.appendChild(rest);
    table.setAttribute("data-columns", width);
  }

  // How wide each column wants to be, in em: as its words stand in one line, within reason. Needs the page.
  function weigh(table) {
    var width = Number(table.getAttribute("data-columns"));
    var wanted = [];
    each(table.children, function (part) {
      var most = part.tagName === "THEAD" ? 4.4 : 13;
      var alone = table.cloneNode(false);
      alone.className = "measured";
      alone.appendChild(part.cloneNode(true));
      table.parentNode.insertBefore(alone, table);
      var em = parseFloat(getComputedStyle(alone).fontSize);
      each(alone.querySelectorAll("th, td"), function (cell) {
        var x = Number(cell.getAttribute("data-column"));
        if ((Number(cell.getAttribute("colspan")) || 1) > 1) return;
        wanted[x] = Math.max(wanted[x] || 1.8, Math.min(cell.offsetWidth / em + 0.1, most));
      });
      alone.parentNode.removeChild(alone);
    });
    for (var x = 0; x < width; x += 1) wanted[x] = wanted[x] || 3;
    table.setAttribute("data-wanted", JSON.stringify(wanted));
  }

  function sum(numbers) { return numbers.reduce(function (one, other) { return one + other; }, 0); }

  // Gives a table its type, as large as the text's where it fits; one that is too wide for the least size
  // becomes several, each with the first column.
  function arrange(table, size, available, rem) {
    var wanted = JSON.parse(table.getAttribute("data-wanted"));
    var room = available / rem;
    var groups = [[]], used = 0;
    if (room / sum(wanted) >= TABLE) {
      groups = [wanted.map(function (want, x) { return x; })];
    } else {
      var first = wanted[0] * TABLE < room / 2 ? [0] : [];
      groups = [first.slice()];
      used = sum(first.map(function (x) { return wanted[x]; }));
      wanted.forEach(function (want, x) {
        if (x === 0 && first.length) return;
        if ((used + want) * TABLE > room && groups[groups.length - 1].length > first.length) {
          groups.push(first.slice());
          used = first.length ? wanted[0] : 0;
        }
        groups[groups.length - 1].push(x);
        used += want;
      });
    }
    var widest = Math.max.apply(null, groups.map(function (group) {
      return sum(group.map(function (x) { return wanted[x]; }));
    }));
    var type = Math.max(TABLE, Math.min(size, room / widest));
    groups.forEach(function (group, at) {
      var part = groups.length === 1 ? table : only(table, group, at);
      part.style.fontSize = type + "rem";
      var columns = make("colgroup");
      var whole = sum(group.map(function (x) { return wanted[x]; }));
      group.forEach(function (x) {
        var column = make("col");
        column.style.width = wanted[x] / whole * 100 + "%";
        columns.appendChild(column);
      });
      part.insertBefore(columns, part.firstChild);
      if (part !== table) table.parentNode.insertBefore(part, table);
    });
    if (groups.length > 1) table.parentNode.removeChild(table);
  }

  // Some columns of a table. What other groups have said already is marked as said again.
  function only(table, group, at) {
    var part = table.cloneNode(true);
    each(part.querySelectorAll("th, td"), function (cell) {
      var x = Number(cell.getAttribute("data-column"));
      var across = Number(cell.getAttribute("colspan")) || 1;
      var here = group.filter(function (column) { return column >= x && column < x + across; });
      if (!here.length) return cell.parentNode.removeChild(cell);
      if (here.length > 1) cell.setAttribute("colspan", here.length); else cell.removeAttribute("colspan");
      cell.setAttribute("data-column", group.indexOf(here[0]));
      if (at && (x === 0 || here[0] !== x)) cell.classList.add("again");
      return cell;
    });
    return part;
  }

  function height() { return box.clientHeight * state.share; }

  function fits() {
    var page = box.firstElementChild;
    return box.scrollHeight <= box.clientHeight && page.offsetHeight <= height();
  }

  function bottom() { return box.getBoundingClientRect().top + height(); }

  // Moves what fits from one block to another; tells whether nothing is left.
  function pour(from, to) {
    while (from.firstChild) {
      var node = from.firstChild;
      if (node.tagName === "TABLE") {
        cutTable(node, to);
        if (node.tBodies[0].rows.length) return false;
        from.removeChild(node);
        continue;
      }
      to.appendChild(node);
      if (fits()) continue;
      to.removeChild(node);
      cut(node, to);
      if (node.nodeType === 1 && node.hasAttribute("data-done")) continue;
      from.insertBefore(node, from.firstChild);
      return false;
    }
    return true;
  }

  // Puts of a block what fits at the end of another; the rest stays in it.
  function cut(node, to) {
    if (node.nodeType !== 1 || node.classList.contains("whole")) return;
    if (node.classList.contains("picture") || node.tagName === "FIGURE") return shrink(node, to);
    if (HOLDERS.test(node.tagName)) return cutHolder(node, to);
    if (/^(P|PRE|DT|H[1-6]|FIGCAPTION)$/.test(node.tagName)) cutText(node, to);
  }

  // A picture takes what is left of a page where that is enough to see something.
  function shrink(node, to) {
    to.appendChild(node);
    var over = Math.max(box.scrollHeight - box.clientHeight, box.firstElementChild.offsetHeight - height());
    each(node.querySelectorAll("img"), function (image) {
      var high = parseFloat(image.style.height), left = high - over - 2;
      if (left < box.clientHeight * 0.38) return;
      image.style.width = parseFloat(image.style.width) * left / high + "px";
      image.style.height = left + "px";
    });
    if (fits()) to.insertBefore(node.cloneNode(true), node);
    to.removeChild(node);
    if (to.lastChild && to.lastChild.isEqualNode && to.lastChild.isEqualNode(node)) node.setAttribute("data-done", "");
  }

  function cutHolder(node, to) {
    var shell = node.cloneNode(false);
    var before = node.children.length;
    to.appendChild(shell);
    pour(node, shell);
    if (!shell.firstChild) {
      to.removeChild(shell);
    } else if (node.tagName === "OL") {
      var done = before - node.children.length;
      node.setAttribute("start", (Number(node.getAttribute("start")) || 1) + done);
    } else if (node.tagName === "LI") {
      node.classList.add("cont");
    }
  }

  function fresh(element) {
    return element.getBoundingClientRect().top - box.getBoundingClientRect().top < box.clientHeight * 0.3;
  }

  // How high each row of a table is: once for a size of type and a width, whatever pages it is cut into. A head
  // of several rows takes a third of the box at most, its first row (or those that hang together with it) half.
  function settle(table, to) {
    if (table.hasAttribute("data-settled")) return;
    table.setAttribute("data-settled", "");
    var home = table.parentNode, behind = table.nextSibling;
    to.appendChild(table);
    each(table.rows, tell);
    home.insertBefore(table, behind);
    if (!table.tHead) return;
    var head = table.tHead.rows, used = 0, kept = 0;
    each(head, function (row, y) {
      used += high(row);
      var most = box.clientHeight / (unit(row) === unit(head[0]) ? 2 : 3);
      if (used <= most && (y + 1 === head.length || unit(head[y + 1]) !== unit(row))) kept = y + 1;
    });
    while (head.length > kept) table.tBodies[0].insertBefore(head[head.length - 1], table.tBodies[0].firstChild);
    if (!kept) table.removeChild(table.tHead);
  }

  function tell(row) { row.setAttribute("data-height", row.getBoundingClientRect().height); }

  function high(row) { return Number(row.getAttribute("data-height")); }

  function unit(row) { return row.getAttribute("data-unit"); }

  function cutTable(table, to) {
    settle(table, to);
    var shell = table.cloneNode(false);
    each(table.children, function (part) {
      if (part.tagName !== "TBODY") shell.appendChild(part.cloneNode(true));
    });
    var body = shell.appendChild(make("tbody"));
    var rest = table.tBodies[0], first = rest.rows[0];
    to.appendChild(shell);
    var isFresh = fresh(shell);
    if (first && !first.hasAttribute("data-height")) {
      body.appendChild(first);
      tell(first);
      rest.insertBefore(first, rest.firstChild);
    }
    fill(rest, body, shell, true);
    if (first && !body.firstElementChild && isFresh) cutUnit(rest, body, shell);
    if (!body.firstElementChild) {
      to.removeChild(shell);
    } else if (table.tHead) {
      each(table.tHead.querySelectorAll("th, td"), function (cell) { cell.classList.add("again"); });
    }
  }

  // Moves the rows for which there is room, by their heights: those that hang together or single ones of them.
  function fill(rest, body, shell, together) {
    var rows = rest.rows, count = 0, room = bottom() - shell.getBoundingClientRect().bottom + 1;
    while (count < rows.length && (together || unit(rows[count]) === unit(rows[0]))) {
      var end = count;
      do {
        room -= high(rows[end]);
        end += 1;
      } while (together && end < rows.length && unit(rows[end]) === unit(rows[count]));
      if (room < 0) break;
      count = end;
    }
    for (; count; count -= 1) body.appendChild(rows[0]);
    while (body.firstElementChild && !fits()) {
      var number = unit(body.lastElementChild);
      do {
        rest.insertBefore(body.lastElementChild, rest.firstChild);
      } while (together && body.firstElementChild && unit(body.lastElementChild) === number);
    }
  }

  // Rows that hang together and are taller than a page are cut between rows, and a row within its cells.
  function cutUnit(rest, body, shell) {
    var number = unit(rest.rows[0]);
    fill(rest, body, shell, false);
    var next = rest.rows[0];
    if (next) next.removeAttribute("data-height");
    if (!body.firstElementChild) {
      cutRow(next, body);
      return;
    }
    if (!next || unit(next) !== number) return;
    each(body.children, function (row, y) {
      var left = body.children.length - y;
      each(row.children, function (cell) {
        var down = Number(cell.getAttribute("rowspan")) || 1;
        if (down <= left) return;
        var copy = cell.cloneNode(true);
        copy.classList.add("again");
        copy.setAttribute("rowspan", down - left);
        cell.setAttribute("rowspan", left);
        var x = Number(cell.getAttribute("data-column"));
        var behind = null;
        each(next.children, function (other) {
          if (!behind && Number(other.getAttribute("data-column")) > x) behind = other;
        });
        next.insertBefore(copy, behind);
      });
    });
  }

  function cutRow(row, body) {
    var shell = row.cloneNode(false);
    var pairs = [];
    each(row.children, function (cell) {
      var part = cell.cloneNode(false);
      part.removeAttribute("rowspan");
      shell.appendChild(part);
      pairs.push([cell, part]);
    });
    body.appendChild(shell);
    pairs.forEach(function (pair) { pour(pair[0], pair[1]); });
    // What a row is about is said again where it goes on.
    if (pairs.length && !pairs[0][0].firstChild && row.textContent.trim() && pairs[0][1].textContent.length < 20) {
      pairs[0][0].innerHTML = pairs[0][1].innerHTML;
      pairs[0][0].classList.add("again");
    }
    if (!shell.textContent.trim() && !shell.querySelector("img")) body.removeChild(shell);
  }

  // Every piece of text in a block and where it begins.
  function texts(node) {
    var walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT, null, false);
    var found = [], at = 0;
    while (walker.nextNode()) {
      found.push({ node: walker.currentNode, from: at });
      at += walker.currentNode.data.length;
    }
    return { pieces: found, length: at };
  }

  function setEnd(range, found, offset) {
    for (var at = found.pieces.length - 1; at >= 0; at -= 1) {
      var piece = found.pieces[at];
      if (offset > piece.from || at === 0) {
        range.setEnd(piece.node, Math.max(0, Math.min(offset - piece.from, piece.node.data.length)));
        return;
      }
    }
  }

  function cutText(node, to) {
    to.appendChild(node);
    var found = texts(node);
    var range = document.createRange();
    range.setStart(node, 0);
    var line = parseFloat(getComputedStyle(node).lineHeight) || 0;
    var limit = bottom() - line * 0.2;
    var low = 0, high = found.length;
    while (low < high) {
      var middle = Math.ceil((low + high) / 2);
      setEnd(range, found, middle);
      if (range.getBoundingClientRect().bottom <= limit) low = middle; else high = middle - 1;
    }
    var top = node.getBoundingClientRect().top;
    var lines = Math.floor((bottom() - top) / line);
    var total = Math.round(node.getBoundingClientRect().height / line);
    to.removeChild(node);
    var text = node.textContent;
    var at = low > 0 && (lines > 1 || !to.firstChild) && low < found.length ? place(text, low) : 0;
    // A word alone on the next page tells nobody anything.
    if (at && text.length - at < 4) at = place(text, Math.max(1, at - 6));
    if (!at || (total <= 3 && to.firstChild && to.parentNode === box)) return;
    to.appendChild(node);
    setEnd(range, found, at);
    var shell = node.cloneNode(false);
    shell.appendChild(range.extractContents());
    to.insertBefore(shell, node);
    to.removeChild(node);
    while (node.firstChild && node.firstChild.nodeName === "BR") node.removeChild(node.firstChild);
    node.classList.add("cont");
    if (!fits()) {
      // The measure was a hair too generous: put it together again and let the next page have it.
      while (node.firstChild) shell.appendChild(node.firstChild);
      while (shell.firstChild) node.appendChild(shell.firstChild);
      to.removeChild(shell);
      node.className = shell.className;
    }
  }

  // Where a text that may have so many characters on this page ends best: a sentence, a clause, anywhere.
  function place(text, most) {
    var least = Math.floor(most * 0.55);
    var at;
    for (at = most; at > least; at -= 1) if (/[。！？；\n]/.test(text.charAt(at - 1)) && !NO_START.test(text.charAt(at))) return at;
    for (at = most; at > most * 0.8; at -= 1) if (/[，、：]/.test(text.charAt(at - 1)) && !NO_START.test(text.charAt(at))) return at;
    for (at = most; at > 1; at -= 1) {
      var before = text.charAt(at - 1), after = text.charAt(at);
      var inWord = IN_A_WORD.test(before) && IN_A_WORD.test(after);
      if (!NO_START.test(after) && !NO_END.test(before) && !inWord && (after.charCodeAt(0) & 0xFC00) !== 0xDC00) return at;
    }
    return most;
  }

  function resize(page) {
    var rem = parseFloat(getComputedStyle(root).fontSize);
    each(page.querySelectorAll("img"), function (image) {
      var shape = (image.getAttribute("data-shape") || "1 1").split(" ");
      var alone = image.parentNode.className === "picture" || image.parentNode.parentNode.tagName === "FIGURE";
      var high = box.clientHeight * (alone ? state.picture : 0.4), wide = box.clientWidth * 0.96;
      var cell = image.parentNode;
      while (cell && cell !== page && !/^T[DH]$/.test(cell.tagName)) cell = cell.parentNode;
      if (cell && cell !== page) wide = 6 * rem;
      var scale = Math.min(high / shape[1], wide / shape[0], alone ? 3 * rem / 36 : 1);
      image.style.width = Math.floor(shape[0] * scale) + "px";
      image.style.height = Math.floor(shape[1] * scale) + "px";
    });
  }

  // The pages of a text in one size of type, or null where there would be more than so many.
  function paginate(master, size, most) {
    var rest = master.cloneNode(true);
    var pages = [];
    var rem = parseFloat(getComputedStyle(root).fontSize);
    setTitle(size, false);
    each(rest.querySelectorAll("table"), function (table) {
      var inside = table.parentNode !== rest ? 3 * size * rem : 0;
      arrange(table, size, box.clientWidth - inside - 2, rem);
    });
    do {
      if (pages.length) setTitle(size, true);
      box.textContent = "";
      var page = make("div", "page");
      page.style.fontSize = size + "rem";
      box.appendChild(page);
      resize(rest);
      pour(rest, page);
      keepHeads(rest, page);
      if (!page.firstChild && rest.firstChild) {
        // What does not fit in this size may in another one.
        if (most < Infinity) return null;
        force(rest, page);
      }
      pages.push(page);
      if (pages.length > most) return null;
    } while (rest.firstChild);
    accompany(pages);
    return pages;
  }

  // The last page is never a signature alone.
  function accompany(pages) {
    var last = pages[pages.length - 1], before = pages[pages.length - 2];
    if (!before || last.children.length !== 1 || !last.firstChild.classList.contains("sign")) return;
    if (before.children.length > 1 && before.lastChild.tagName === "P") last.insertBefore(before.lastChild, last.firstChild);
  }

  // A heading is never the last thing on a page.
  function keepHeads(rest, page) {
    while (rest.firstChild && page.children.length > 1) {
      var last = page.lastElementChild;
      if (!/^H[1-6]$/.test(last.tagName) && !last.classList.contains("caption")) return;
      rest.insertBefore(last, rest.firstChild);
    }
  }

  // What cannot be cut and is taller than a page is made smaller until it fits.
  function force(rest, page) {
    var node = rest.firstChild;
    page.appendChild(node);
    for (var share = 0.95; !fits() && share > 0.2; share -= 0.05) {
      each(page.querySelectorAll("img"), function (image) {
        image.style.width = parseFloat(image.style.width) * 0.9 + "px";
        image.style.height = parseFloat(image.style.height) * 0.9 + "px";
      });
      if (node.style) node.style.fontSize = share + "em";
    }
  }

  // --- One notice on the screen

  function setTitle(size, next) {
    var longest = title.textContent.length;
    var most = longest > 60 ? 1.6 : longest > 40 ? 1.9 : longest > 24 ? 2.3 : 2.8;
    var type = next ? Math.max(1.1, Math.min(1.3, size)) : Math.max(Math.min(1.5, most), Math.min(most * 1.5, size * 1.3, most + (size - 1) * 0.8));
    title.style.fontSize = type + "rem";
    stage.classList.toggle("stage--next", !!next);
  }

  function phrases(into, parts) {
    into.textContent = "";
    parts.forEach(function (part, at) {
      if (at) into.appendChild(document.createElement("wbr"));
      into.appendChild(document.createTextNode(part));
    });
  }

  function fact(name, text) {
    id(name).textContent = text;
    id(name).parentNode.hidden = !text;
  }

  // The rows of a code, # for dark; four light squares stand around it.
  function draw(picture, rows) {
    var width = rows.length + 8, path = "";
    rows.forEach(function (row, y) {
      row.replace(/#+/g, function (dark, x) { path += "M" + (x + 4) + " " + (y + 4) + "h" + dark.length + "v1h-" + dark.length + "z"; });
    });
    picture.setAttribute("viewBox", "0 0 " + width + " " + width);
    picture.querySelector("path").setAttribute("d", path);
  }

  // Whom to call, named as on paper. A number is not cut in two.
  function call(calls) {
    each(facts.querySelectorAll(".call"), function (row) { row.parentNode.removeChild(row); });
    calls.forEach(function (named) {
      var row = make("div", "call");
      row.appendChild(make("dt", "", named[0]));
      var told = row.appendChild(make("dd"));
      named[1].split(" ").forEach(function (word, at) {
        if (at) told.appendChild(document.createTextNode(" "));
        told.appendChild(make("span", "", word));
      });
      id("told").appendChild(row);
    });
  }

  function showFacts(notice) {
    id("term").textContent = notice.term;
    id("first").textContent = notice.period[0];
    id("last").textContent = notice.period[1];
    // By hand the code to take along is what matters.
    fact("publisher", state.mode === "auto" ? notice.publisher : "");
    fact("category", state.mode === "auto" ? notice.category : "");
    fact("number", state.mode === "auto" ? notice.number : "");
    call(notice.calls);
    var code = id("code");
    code.hidden = !notice.code;
    if (notice.code) {
      draw(code.querySelector("svg"), notice.code);
      id("scan").textContent = state.mode === "auto" ? words.scan : words.take;
      var cut = notice.address.lastIndexOf("/n/") + 1;
      id("address").textContent = "";
      id("address").appendChild(make("span", "", notice.address.slice(0, cut)));
      id("address").appendChild(make("span", "", notice.address.slice(cut)));
    }
    var most = root.className === "tall" ? 7.4 : state.mode === "auto" ? 8.8 : 10.4;
    for (var step = 0; step < 16; step += 1) {
      // Smaller words first, then the less important ones away, then a smaller code.
      var square = most - Math.max(0, step - 6) * 0.3;
      facts.style.fontSize = Math.max(0.78, 1 - step * 0.04) + "rem";
      code.querySelector("svg").style.width = code.querySelector("svg").style.height = square + "rem";
      if (step > 5) id("category").parentNode.hidden = true;
      if (step > 9) id("number").parentNode.hidden = true;
      if (!isOver()) return;
    }
    // Words that nobody can foresee the length of, in the little room beside buttons.
    for (var size = 0.74; size > 0.4 && isOver(); size -= 0.04) facts.style.fontSize = size + "rem";
  }

  function isOver() {
    if (root.className === "tall") {
      return facts.offsetHeight > Math.max(root.clientHeight * 0.22, parseFloat(getComputedStyle(root).fontSize) * (state.mode === "auto" ? 8.4 : 7.4));
    }
    return facts.scrollHeight > facts.clientHeight + 1;
  }

  // The largest type in which a notice is one page; where it is not, the fewest pages that the least size
  // makes, and the largest type in which it still is as many.
  function compose(notice) {
    stage.className = "stage" + (state.mode === "auto" ? "" : " stage--hand");
    if (state.small) return led(notice);
    phrases(title, notice.title);
    showFacts(notice);
    var key = notice.id + " " + state.mode;
    var master = source(notice), known = sizes[key];
    var tables = master.querySelectorAll("table");
    if (known) {
      each(tables, function (table, at) { table.setAttribute("data-wanted", known.wanted[at]); });
    } else if (tables.length) {
      setTitle(1, false);
      box.textContent = "";
      var measuring = make("div", "page");
      measuring.style.fontSize = "1rem";
      box.appendChild(measuring).appendChild(master);
      each(tables, weigh);
    }
    var best = known || bestSize(master);
    state.picture = best.picture;
    var pages = best.pages || evenly(best.share, function () { return paginate(master, best.size, Infinity); });
    if (!known) {
      var wanted = Array.prototype.map.call(tables, function (table) { return table.getAttribute("data-wanted"); });
      sizes[key] = { size: best.size, share: best.share, picture: best.picture, wanted: wanted };
    }
    box.textContent = "";
    if (pages.length === 1) {
      setTitle(best.size, false);
      box.appendChild(pages[0]);
      var space = box.clientHeight - pages[0].offsetHeight;
      pages[0].style.marginTop = Math.max(0, Math.floor(space * 0.42)) + "px";
      box.textContent = "";
    }
    return { pages: pages, size: best.size };
  }

  // The size, the share of their height to which the pages are filled, so that none is nearly empty, and the
  // pages. Of many pages none would be much better in another size: they are not tried.
  function bestSize(master) {
    state.picture = 0.86;
    var pages = paginate(master, 1, Infinity), size = 1;
    if (pages.length > MANY) {
      var last = box.firstElementChild.offsetHeight / box.clientHeight;
      var even = Math.max(0.6, (pages.length - 1 + last) / pages.length + 0.03);
      var evened = even < 0.98 && evenly(even, function () { return paginate(master, 1, pages.length); });
      return { size: 1, share: evened ? even : 1, picture: state.picture, pages: evened || pages };
    }
    var count = pages.length;
    if (count > 1 && master.querySelector("img")) count = smaller(master, count);
    function tried(size, share) {
      var made = evenly(share, function () { return paginate(master, size, count); });
      if (made) pages = made;
      return made;
    }
    if (count < pages.length) tried(1, 1);
    // Beside a table, whose type is often the least, text is not much larger.
    var most = count === 1 ? MOST_SIZE : master.querySelector("table") ? 1.25 : MOST_OF_MANY;
    size = search(1, most, count === 1 ? 6 : 4, function (type) { return tried(type, 1); });
    var share = count === 1 ? 1 : -search(-1, -0.6, 4, function (less) { return tried(size, -less); });
    return { size: size, share: share, picture: state.picture, pages: pages };
  }

  // Pictures that leave room for the words, where that makes one page of it all; the number of pages.
  function smaller(master, pages) {
    for (var share = 0.7; share > 0.4; share -= 0.08) {
      state.picture = share;
      if (paginate(master, 1, 1)) return 1;
    }
    state.picture = 0.86;
    return pages;
  }

  // The largest number from `low`, which does, to `high` that still does.
  function search(low, high, steps, does) {
    if (does(high)) return high;
    for (var step = 0; step < steps; step += 1) {
      var middle = (low + high) / 2;
      if (does(middle)) low = middle; else high = middle;
    }
    return low;
  }

  // Works with pages of a part of their height.
  function evenly(share, work) {
    state.share = share;
    var result = work();
    state.share = 1;
    return result;
  }

  // On a small module: the title in as many parts as stay large, then the period.
  function led(notice) {
    var pages = [];
    var parts = [notice.title];
    for (var count = 1; count <= 12; count += 1) {
      parts = split(notice.title, count);
      if (parts.every(function (part) { return ledSize(ledPage(part, "")) >= 1.25; }) || parts.length < count) break;
    }
    parts.forEach(function (part) { pages.push(ledPage(part, "")); });
    pages.push(ledPage(notice.period, "period"));
    pages.forEach(function (page) { page.style.fontSize = ledSize(page) + "rem"; });
    box.textContent = "";
    return { pages: pages, size: 1 };
  }

  // Phrases in so many parts of about the same length.
  function split(all, count) {
    var length = all.join("").length, parts = [[]], done = 0;
    all.forEach(function (phrase) {
      var last = parts[parts.length - 1];
      if (last.length && done + phrase.length / 2 > length / count * parts.length && parts.length < count) {
        parts.push([phrase]);
      } else {
        last.push(phrase);
      }
      done += phrase.length;
    });
    return parts;
  }

  function ledPage(parts, name) {
    var page = make("div", "page " + name);
    if (!name) phrases(page, parts);
    // Where a date is too long for a line, its year stands alone.
    else parts.forEach(function (part) { phrases(page.appendChild(make("span")), part.match(/[^年]*年|[^年]+/g) || []); });
    return page;
  }

  // In sixths of the module's smaller side: the most in which it fits, words unbroken where that can be.
  function ledSize(page) {
    box.textContent = "";
    box.appendChild(page);
    for (var size = 3; size > 1; size -= 0.1) {
      page.style.fontSize = size + "rem";
      if (fits() && page.scrollWidth <= page.clientWidth && !brokenPhrase(page, size)) return size;
    }
    do {
      page.style.fontSize = size + "rem";
      size -= 0.05;
    } while (size > 0.3 && !fits());
    return size + 0.05;
  }

  // Whether a phrase is too long for a line in this size.
  function brokenPhrase(page, size) {
    var rem = parseFloat(getComputedStyle(root).fontSize);
    var line = page.clientWidth * 0.96 / (size * rem);
    return texts(page).pieces.some(function (piece) { return wide(piece.node.data) > line; });
  }

  function wide(text) { return text.replace(/[\x00-\xff]/g, "").length + text.replace(/[^\x00-\xff]/g, "").length * 0.6; }

  // --- What is on the screen

  function notice() { return state.scope[state.at]; }

  function show() {
    var now = notice();
    tools.hidden = state.mode === "auto" || state.small;
    if (!now) return empty();
    var composed = compose(now);
    state.pages = composed.pages;
    state.page = Math.min(state.page, state.pages.length - 1);
    state.size = composed.size;
    turnTo(state.page);
  }

  function turnTo(page) {
    state.page = page;
    if (state.mode !== "list" && !state.small && notice()) setTitle(state.size, page > 0);
    box.textContent = "";
    box.appendChild(state.pages[page]);
    status();
    state.begun = Date.now();
    state.due = state.begun + seconds() * 1000;
    if (!tools.hidden) offer();
    progress();
  }

  function seconds() {
    if (state.small) return LED_TIME;
    var read = state.pages[state.page].textContent.replace(/\s+/g, "").length + (state.page ? 0 : title.textContent.length);
    return Math.max(LEAST_TIME, Math.min(MOST_TIME, read / PACE));
  }

  function status() {
    id("where").textContent = state.pages.length > 1 ? say("page", { page: state.page + 1, pages: state.pages.length }) : "";
    var count = state.mode === "list" || !notice() ? "" : say("notice", { notice: state.at + 1, notices: state.scope.length });
    id("count").textContent = state.mode === "auto" ? count : count + (count ? "　" : "") + words.paused;
  }

  function empty() {
    var page = make("div", "page");
    state.pages = [page];
    state.page = 0;
    if (state.small) {
      state.pages = [words.nothing, [data.name]].map(function (parts) { return ledPage(parts, ""); });
      state.pages.forEach(function (one) { one.style.fontSize = ledSize(one) + "rem"; });
    } else {
      stage.className = "stage stage--empty";
      phrases(title, [data.name]);
      title.style.fontSize = "2rem";
      phrases(page.appendChild(make("p", "big")), words.nothing);
      if (data.phone) page.appendChild(make("p", "", say("phone", { phone: data.phone })));
    }
    turnTo(0);
  }

  function frame() {
    id("board").textContent = data.name;
    id("example").textContent = data.example;
    id("example").hidden = !data.example || state.small;
  }

  // Sizes of everything follow the window.
  function fit() {
    sizes = {};
    measure();
    if (data) { frame(); again(); }
  }

  function shape(small) {
    var width = window.innerWidth, height = window.innerHeight, least = Math.min(width, height);
    state.small = small;
    root.className = small ? "small" : width >= height * 1.2 ? "wide" : "tall";
    root.style.fontSize = (small ? least / 6 : Math.max(14, least / 30)) + "px";
  }

  // Whether this is a small module, on which the texts of today have no room.
  function measure() {
    var least = Math.min(window.innerWidth, window.innerHeight);
    shape(least < SMALL);
    if (data && !state.small && least < LARGE && !roomy()) shape(true);
    if (state.small && state.mode !== "auto") play();
  }

  function roomy() {
    var rem = parseFloat(getComputedStyle(root).fontSize), mode = state.mode;
    frame();
    box.textContent = "";
    tools.hidden = true;
    var room = state.list.every(function (one) {
      return ["auto", "hand"].every(function (way) {
        state.mode = way;
        tools.hidden = way === "auto";
        stage.className = "stage";
        phrases(title, one.title);
        setTitle(1, false);
        showFacts(one);
        var least = way === "auto" ? ROOM : ROOM_BY_HAND;
        return box.clientHeight >= least * rem && box.clientWidth >= ROOM_ACROSS * rem && !isOver();
      });
    });
    state.mode = mode;
    return state.list.length ? room : rem > 14;
  }

  // Everything once more as it is, for a new size or a new day.
  function again() {
    if (state.mode === "list") list(state.listed); else show();
  }

  // --- Turning

  function turn() {
    look();
    if (!state.pages.length) return;
    if (state.page + 1 < state.pages.length) return turnTo(state.page + 1);
    next(1);
  }

  function next(step) {
    var before = state.at, all = state.scope.length;
    state.page = 0;
    state.at = all ? (state.at + step + all) % all : 0;
    if (state.reload && state.mode === "auto" && state.at <= before) reload();
    show();
  }

  // The day's notices. Those whose last day is over are gone, whatever is on the screen.
  function look() {
    var time = boardTime();
    var early = time.day < data.as_of;
    var day = early ? data.as_of : time.day;
    if (time.minute !== state.minute) {
      state.minute = time.minute;
      id("clock").textContent = early ? "" : time.minute;
      id("date").textContent = early ? "" : say("date", {
        month: Number(time.day.slice(5, 7)), day: Number(time.day.slice(8)), weekday: words.days[new Date(time.day).getUTCDay()]
      });
    }
    if (day === state.day) return;
    state.day = day;
    var age = daysBetween(data.as_of, day);
    id("old").hidden = age <= (data.rebuild_days || WEEK);
    id("old").textContent = say("old", { day: data.as_of_text });
    renew();
  }

  function renew() {
    var shown = notice(), browsed = state.scope !== state.list;
    var index = state.at;
    state.list = data.notices.filter(isNow);
    var kept = {};
    state.list.forEach(function (one) { kept[one.id] = one; });
    state.scope = browsed ? state.scope.map(function (one) { return kept[one.id]; }).filter(Boolean) : state.list;
    sizes = {};
    measure();
    var still = shown && kept[shown.id];
    if (!still && state.mode === "hand") return start();
    if (still && state.scope.indexOf(still) >= 0) {
      state.at = state.scope.indexOf(still);
      if (JSON.stringify(still) !== JSON.stringify(shown)) state.page = 0;
    } else {
      state.at = state.scope.length ? index % state.scope.length : 0;
      state.page = 0;
    }
    again();
  }

  function start() {
    state.mode = "auto";
    state.scope = state.list;
    state.at = state.page = 0;
    show();
  }

  // --- By hand

  function pause() {
    if (state.mode !== "auto" || !notice()) return;
    state.mode = "hand";
    state.page = 0;
    show();
  }

  function play() {
    var shown = state.mode === "hand" ? notice() : null;
    state.mode = "auto";
    state.scope = state.list;
    state.at = Math.max(0, state.list.indexOf(shown));
    state.page = 0;
    show();
  }

  function offer() {
    var many = state.mode === "hand" && state.scope.length > 1;
    each(tools.querySelectorAll("button"), function (button) {
      var does = button.getAttribute("data-do");
      if (does === "previous" || does === "next") button.disabled = !many;
      if (does === "back") button.disabled = state.page === 0;
      if (does === "forward") button.disabled = state.page + 1 >= state.pages.length;
    });
  }

  // Rows of large buttons, in pages: a touch frame that acts as a mouse cannot scroll.
  function list(listed) {
    state.mode = "list";
    state.listed = listed;
    tools.hidden = false;
    stage.className = "stage stage--hand stage--list";
    var rows = make("ul", listed.group ? "rows" : "rows of-notices");
    var entries = listed.group ? grouped(listed.group) : chosen(listed);
    entries.forEach(function (entry) {
      var row = make("li", "whole"), button = make("button");
      button.type = "button";
      button.setAttribute("data-do", entry.does);
      button.setAttribute("data-value", entry.value);
      button.appendChild(make("span", "name", entry.name));
      button.appendChild(make("span", "about", entry.about));
      row.appendChild(button);
      rows.appendChild(row);
    });
    phrases(title, [listed.group ? words[listed.group] : listed.by ? say("group", { name: listed.value, count: entries.length }) : say("all", { count: entries.length })]);
    var all = make("div");
    all.appendChild(rows);
    state.pages = paginate(all, 1, Infinity);
    state.size = 1;
    state.page = Math.min(state.page, state.pages.length - 1);
    title.style.fontSize = "1.6rem";
    turnTo(state.page);
  }

  var GROUPS = { publishers: "publisher", categories: "category" };

  function grouped(group) {
    var counts = {}, names = [];
    state.list.forEach(function (one) {
      var name = one[GROUPS[group]];
      if (!counts[name]) names.push(name);
      counts[name] = (counts[name] || 0) + 1;
    });
    return names.map(function (name) {
      return { does: group === "publishers" ? "publisher" : "category", value: name, name: name, about: say("count", { count: counts[name] }) };
    });
  }

  function chosen(listed) {
    return state.list.filter(function (one) { return !listed.by || one[listed.by] === listed.value; }).map(function (one) {
      return { does: "open", value: one.id, name: one.title.join(""), about: listed.by === "publisher" ? one.period.join("") : one.publisher };
    });
  }

  function opened(value) {
    var by = state.listed;
    state.scope = by && by.by ? state.list.filter(function (one) { return one[by.by] === by.value; }) : state.list.slice();
    state.at = 0;
    state.scope.forEach(function (one, at) { if (one.id === value) state.at = at; });
    state.mode = "hand";
    state.page = 0;
    show();
  }

  function listing(listed) {
    return function () {
      state.page = 0;
      list(listed);
    };
  }

  var ACTIONS = {
    previous: function () { next(-1); },
    next: function () { next(1); },
    back: function () { if (state.page > 0) turnTo(state.page - 1); },
    forward: function () { if (state.page + 1 < state.pages.length) turnTo(state.page + 1); },
    all: listing({}),
    publishers: listing({ group: "publishers" }),
    categories: listing({ group: "categories" }),
    publisher: function (value) { listing({ by: "publisher", value: value })(); },
    category: function (value) { listing({ by: "category", value: value })(); },
    open: opened,
    play: play
  };

  function act(name, value) {
    state.idle = Date.now();
    var focused = document.activeElement;
    ACTIONS[name](value);
    // Whoever works with keys finds the next thing to do under them.
    if (state.mode === "list" && value !== undefined || state.mode === "list" && focused && focused.parentNode === tools) {
      var first = box.querySelector("button");
      if (first && state.keys) first.focus();
    } else if (state.mode === "hand" && name === "open") {
      tools.querySelector('[data-do="play"]').focus();
    } else if (focused && focused.disabled) {
      tools.querySelector('[data-do="play"]').focus();
    }
  }

  document.addEventListener("click", function (event) {
    state.idle = Date.now();
    var button = event.target.closest ? event.target.closest("[data-do]") : null;
    if (state.small) return next(1);
    if (state.mode === "auto") return pause();
    if (button && !button.disabled) act(button.getAttribute("data-do"), button.getAttribute("data-value") || undefined);
  });

  var KEYS = {
    ArrowRight: "forward", ArrowLeft: "back", PageDown: "next", PageUp: "previous", Escape: "play", Backspace: "play",
    ArrowDown: "next", ArrowUp: "previous"
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(Shift|Control|Alt|Meta|F\d+)$/.test(event.key)) return;
    state.idle = Date.now();
    state.keys = true;
    if (state.small) {
      if (KEYS[event.key]) turn();
      return;
    }
    if (state.mode === "auto") {
      event.preventDefault();
      pause();
      if (!tools.hidden) tools.querySelector('[data-do="forward"]:not(:disabled), [data-do="next"]:not(:disabled), [data-do="play"]').focus();
      return;
    }
    if (state.mode === "list" && /^Arrow(Up|Down)$/.test(event.key)) {
      step(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (KEYS[event.key]) {
      act(KEYS[event.key]);
      event.preventDefault();
    }
  });
  document.addEventListener("pointerdown", function () { state.keys = false; });

  // In a list the arrows go from row to row.
  function step(by) {
    var rows = Array.prototype.slice.call(box.querySelectorAll("button"));
    var at = rows.indexOf(document.activeElement) + by;
    if (rows.length) rows[Math.max(0, Math.min(rows.length - 1, at))].focus();
  }

  // --- A new version

  // SHA-256 of a text's UTF-8 bytes as 32 bytes. The browser's own is only there over https.
  function sha256(text) {
    var bytes = new TextEncoder().encode(text);
    var blocks = new Uint8Array(((bytes.length + 9 + 63) >> 6) << 6);
    blocks.set(bytes);
    blocks[bytes.length] = 128;
    var view = new DataView(blocks.buffer);
    view.setUint32(blocks.length - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(blocks.length - 4, bytes.length << 3);
    var hash = sha256.start.slice(), w = new Int32Array(64);
    for (var at = 0; at < blocks.length; at += 64) {
      var i;
      for (i = 0; i < 16; i += 1) w[i] = view.getInt32(at + i * 4);
      for (i = 16; i < 64; i += 1) {
        var x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3)
          + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
      }
      var a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4], f = hash[5], g = hash[6], h = hash[7];
      for (i = 0; i < 64; i += 1) {
        var one = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + sha256.steps[i] + w[i];
        var two = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c);
        h = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
      }
      [a, b, c, d, e, f, g, h].forEach(function (value, place) { hash[place] = hash[place] + value | 0; });
    }
    var out = [];
    hash.forEach(function (value) { out.push(value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255); });
    return out;
  }

  // The first bits of the roots of the first primes.
  (function () {
    var found = 0, number = 2;
    sha256.start = [];
    sha256.steps = [];
    function bits(root) { return (root - Math.floor(root)) * 4294967296 | 0; }
    while (found < 64) {
      var prime = true;
      for (var by = 2; by * by <= number; by += 1) if (number % by === 0) prime = false;
      if (prime) {
        if (found < 8) sha256.start.push(bits(Math.pow(number, 1 / 2)));
        sha256.steps.push(bits(Math.pow(number, 1 / 3)));
        found += 1;
      }
      number += 1;
    }
  })();

  function hex(bytes) {
    return bytes.map(function (byte) { return (byte < 16 ? "0" : "") + byte.toString(16); }).join("");
  }

  function base64(bytes) { return btoa(String.fromCharCode.apply(null, bytes)); }

  // Takes a page apart; throws where anything of it is missing or is not what it should be.
  function whole(text, version) {
    var found = /<script type="application\/json" id="data" data-sha256="([0-9a-f]{64})">([^<]*)<\/script>/.exec(text);
    var script = /<script>([\s\S]*?)<\/script>\s*<\/body>\s*<\/html>\s*$/.exec(text);
    var style = /<style>([^<]*)<\/style>/.exec(text);
    if (!found || !script || !style || found[1] !== version.sha256) throw new Error("not whole");
    if (hex(sha256(found[2])) !== version.sha256) throw new Error("not what was announced");
    [script[1], style[1]].forEach(function (code) {
      if (text.indexOf("'sha256-" + base64(sha256(code)) + "'") < 0) throw new Error("not the code that it allows");
    });
    var parsed = JSON.parse(found[2]);
    if (parsed.format !== version.format || parsed.as_of !== version.as_of) throw new Error("not what was announced");
    return { data: parsed, code: script[1] + style[1] };
  }

  function ownCode() {
    return document.querySelector("script:not([type])").textContent + document.querySelector("style").textContent;
  }

  function address() { return location.href.split(/[?#]/)[0]; }

  function fetched(url) {
    return fetch(url, { cache: "no-store", credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) throw new Error("not there");
      return answer.text();
    });
  }

  // Asks which version there is; takes it when it is newer and whole. Whatever goes wrong, the old goes on.
  function poll() {
    state.poll = Date.now();
    if (state.busy || !/^http/.test(location.protocol) || navigator.onLine === false || !window.fetch) return;
    state.busy = true;
    fetched("version.json").then(function (text) {
      var version = JSON.parse(text);
      if (typeof version.as_of !== "string" || version.as_of < data.as_of) throw new Error("older");
      if (version.sha256 === state.sha256 && (state.kept || !canKeep())) return null;
      return fetched(address()).then(function (page) {
        var found = whole(page, version);
        return keep(page).then(function (kept) { take(found, version, kept); });
      });
    }).catch(function () { /* the next time */ }).then(function () { state.busy = false; });
  }

  function canKeep() {
    return !!(navigator.serviceWorker && window.caches && document.querySelector('meta[http-equiv="Content-Security-Policy"]'));
  }

  // Puts the page where the worker finds it; tells whether a reload would now show it.
  function keep(page) {
    if (!canKeep()) return Promise.resolve(false);
    return caches.open(CACHE).then(function (cache) {
      return cache.put(address(), new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } }));
    }).then(function () {
      state.kept = true;
      return !!navigator.serviceWorker.controller;
    }).catch(function () { return false; });
  }

  function take(found, version, kept) {
    // Another code comes with a reload, and only where the reload cannot fail.
    if (kept && found.code !== ownCode()) state.reload = true;
    if (found.data.format !== FORMAT || version.sha256 === state.sha256) return Promise.resolve();
    return load(found.data, version.sha256);
  }

  function reload() {
    state.reload = false;
    caches.match(address()).then(function (there) {
      if (there && navigator.serviceWorker.controller) location.reload();
    }).catch(function () { /* the old goes on */ });
  }

  // Shows other data as soon as its pictures can be measured.
  function load(next, digest) {
    return Promise.all(next.pictures.map(measured)).then(function (pictures) {
      next.pictures = pictures;
      data = next;
      state.sha256 = digest;
      state.day = state.minute = "";
      sizes = {};
      frame();
      look();
    });
  }

  function measured(src) {
    return new Promise(function (done) {
      var image = new Image();
      var known = { src: src, width: 0, height: 0 };
      image.onload = function () {
        known.width = image.naturalWidth;
        known.height = image.naturalHeight;
        done(known);
      };
      image.onerror = function () { done(known); };
      image.src = src;
    });
  }

  // --- The one timer

  function progress() {
    var share = state.mode === "auto" && state.due > state.begun ? (Date.now() - state.begun) / (state.due - state.begun) : 0;
    id("bar").style.transform = "scaleX(" + Math.max(0, Math.min(1, share)) + ")";
  }

  function tick() {
    var now = Date.now();
    look();
    // A clock that was put back must not hold anything up.
    if (state.begun > now) state.due = now;
    if (state.idle > now) state.idle = now;
    if (state.poll > now) state.poll = 0;
    if (state.mode !== "auto") {
      if (now - state.idle >= IDLE * 1000) start();
    } else if (now >= state.due) {
      turn();
    }
    progress();
    if (now - state.poll >= POLL * 1000) poll();
  }

  document.addEventListener("nb-turn", turn);
  window.addEventListener("resize", fit);
  window.addEventListener("online", poll);
  var own = id("data");
  fit();
  load(JSON.parse(own.textContent), own.getAttribute("data-sha256")).then(function () {
    setInterval(tick, 1000);
    poll();
  });
  if (canKeep() && /^http/.test(location.protocol)) {
    navigator.serviceWorker.register(document.body.getAttribute("data-worker")).catch(function () { /* goes on without */ });
  }
})();
