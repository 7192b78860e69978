// Finds notices in the index below search/ of the site. docs/search-index.md describes its files.
//
//   var engine = noticeboardSearch.open("../search/", version, today);
//   engine.search("低保 张家村", { widely: true }).then(function (found) { found.strict, found.related … });
//
// `today` is a function that gives the board's day as YYYY-MM-DD.
//
// Nothing of a page is touched: files are scripts that call noticeboardIndex, so that a folder on a disk
// can be searched like a site. What cannot be loaded rejects with an Error whose `code` is "network" (ask
// again later) or "index" (the index is of another format). A search or offer that was overtaken by a
// later one stops, and its promise stays open: only the last one answers.
(function () {
  "use strict";
  const FORMAT = 1;
  // Where the title, the document number and the index number of a notice begin, and its text.
  const ROOMS = [0, 256, 320];
  const TEXT = 384;
  // What a word stands in, as bits: title, document number, index number, and text or attachments.
  const HEADING = 7;
  const NAMING = 3;
  const ELSEWHERE = 8;
  const ROOM_OF = { title: 1, document_number: 2, index_number: 4 };
  const ANY_ROOM = 15;
  // How well a notice answers. Zero is: not at all.
  const NOT = 0;
  const WHOLE = 1;
  const HEADED = 2;
  const IN_TEXT = 3;
  const ATTACHED = 4;
  const NUMBERED = 5;
  const STATUSES = {
    current: ["current", "long-term"],
    expired: ["expired"],
    superseded: ["superseded"],
    withdrawn: ["withdrawn", "terminated"]
  };
  const FILTERS = ["status", "publisher", "category", "year", "regime"];
  const FIELDS = {
    "标题": "title",
    "文号": "document_number",
    "索引号": "index_number",
    "村": "publisher",
    "单位": "publisher",
    "发布单位": "publisher",
    "类别": "category",
    "附件": "attachments",
    "年": "year",
    "標題": "title",
    "文號": "document_number",
    "索引號": "index_number",
    "單位": "publisher",
    "發布單位": "publisher",
    "類別": "category"
  };
  // Files and words kept at most, and grams of one word that are asked for at a time.
  const MOST_FILES = 400;
  const MOST_WORDS_HELD = 24;
  const GRAMS_AT_ONCE = 8;
  const QUERIES_AT_ONCE = 8;
  const LOADED_WITHIN = 30000;
  // Of a snippet: characters before the first word, and altogether.
  const BEFORE = 20;
  const LENGTH = 80;
  // Stands in the place of a line break.
  const BETWEEN = "\u3000";
  // Of what nearly matches.
  const MOST_READ = 24;
  const MOST_OFFERS = 5;
  const LONGEST_WORD = 24;
  const LONGEST_IN_THREE = 10;
  const SHORT = 3;
  const MOST_SYLLABLES = 6;
  const LONGEST_SYLLABLE = 6;
  const MOST_WORDS = 12;

  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const QUOTES = "\"“”„＂「」";
  const WORD = "([-－])?(?:(" + Object.keys(FIELDS).join("|") + ")[:：][" + SPACE + "]*)?" +
    "(?:[" + QUOTES + "]([^" + QUOTES + "]*)(?:[" + QUOTES + "](?=[" + SPACE + "]|$)|$)|([^" + SPACE + "]+))";
  // What dictation and copying add before and behind a word; zeros that an amount may end with.
  const EDGES = /^[。，、；：？！,.;:?!()《》<>"'~\-·…]+|[。，、；：？！,.;:?!()《》<>"'~\-·…]+$/g;
  const ZEROS = /(\.[0-9]*[1-9])0+(?![0-9])|\.0+(?![0-9])/g;
  // What one says around the words that count, and punctuation.
  const FILLING = new RegExp("请问|我想查?|我要查?|我查|查询|查一下|怎么|有没有|什么" +
    "|[的了吗呢和与及，。、；：？！,;:?!()《》\"']");
  const PUNCTUATION = /[，。、；：？！…·,.;:?!()《》"'~|[\]-]/;
  const MARGINS = new RegExp("^[" + SPACE + "]+|[" + SPACE + "]+$", "g");
  // Controls, marks of direction, joiners, spaces, and what chooses a glyph.
  const UNSEEN = new RegExp("[\\0-\\x20\\x7f-\\xa0\\xad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2" +
    "\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u2064\\u2066-\\u206f\\u3000\\ufe00-\\ufe0f\\ufeff" +
    "\\ufff9-\\ufffb\\u{110bd}\\u{110cd}\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}" +
    "\\u{e0001}\\u{e0020}-\\u{e007f}\\u{e0100}-\\u{e01ef}]", "u");

  function failure(code, text) {
    const error = new Error(text);
    error.code = code;
    return error;
  }

  // Thrown within a search that nobody waits for any more.
  const OVERTAKEN = failure("overtaken", "a later search was asked for");

  // --- files --------------------------------------------------------------------------------------------

  // What each script that is being loaded is waited for by.
  const takers = new WeakMap();
  // What could not be loaded is asked for by another address the next time, in case a bad answer was kept.
  const failed = new Set();

  window.noticeboardIndex = function (name, content) {
    const take = takers.get(document.currentScript);
    if (take) take(name, content);
  };

  function load(address, name) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      function fail() {
        failed.add(address);
        reject(failure("network", "cannot load " + name));
      }
      const timer = setTimeout(fail, LOADED_WITHIN);
      let isTaken = false;
      takers.set(script, function (given, content) {
        if (given !== name) return;
        isTaken = true;
        failed.delete(address);
        resolve(content);
      });
      script.onload = script.onerror = function () {
        clearTimeout(timer);
        script.parentNode.removeChild(script);
        if (!isTaken) fail();
      };
      script.src = address + (failed.has(address) ? "&again=" + Date.now() : "");
      document.head.appendChild(script);
    });
  }

  // The files of one index, each loaded once and kept in the form in which it is used.
  class Files {
    constructor(address) {
      this.address = address;
      this.kept = new Map();
    }

    get(name, read) {
      let file = this.kept.get(name);
      if (file) {
        this.kept.delete(name);
      } else {
        file = load(this.address(name), name).then(read);
        file.catch(() => {
          if (this.kept.get(name) === file) this.kept.delete(name);
        });
      }
      this.kept.set(name, file);
      if (this.kept.size > MOST_FILES) this.kept.delete(this.kept.keys().next().value);
      return file;
    }
  }

  function same(content) {
    return content;
  }

  // Numbers in digits of base 32, the lowest first; each but the last has 32 added.
  function decode(text) {
    const numbers = [];
    let number = 0;
    let shift = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const value = code < 92 ? code - 59 : code - 60;
      number |= (value & 31) << shift;
      if (value < 32) {
        numbers.push(number);
        number = shift = 0;
      } else {
        shift += 5;
      }
    }
    return numbers;
  }

  function pairs(text) {
    const found = new Map();
    const parts = text ? text.split(" ") : [];
    for (let at = 0; at < parts.length; at += 2) found.set(parts[at], parts[at + 1]);
    return found;
  }

  // --- folding ------------------------------------------------------------------------------------------

  // Brings every way of writing a text into one form, character by character. Begins with the variants that
  // stand on this board; the table of all is needed only for words of which it is not known that they do.
  class Folding {
    constructor(variants) {
      this.table = new Map();
      this.folded = new Map();
      this.isWhole = false;
      this.add(variants);
    }

    add(variants) {
      Object.keys(variants).forEach((target) => {
        for (const source of variants[target]) this.table.set(source, target);
      });
      this.folded.clear();
    }

    character(char) {
      let piece = this.folded.get(char);
      if (piece === undefined) {
        piece = "";
        for (const each of char.normalize("NFKC").toLowerCase()) {
          if (!UNSEEN.test(each)) piece += this.table.get(each) || each;
        }
        this.folded.set(char, piece);
      }
      return piece;
    }

    fold(text) {
      let found = "";
      for (const char of text) found += this.character(char);
      return found;
    }

    // Every place of a word in a line, as start and end in characters of the line.
    spans(line, words) {
      const origins = [];
      let text = "";
      let at = 0;
      for (const char of line) {
        const piece = this.character(char);
        for (let each = 0; each < piece.length; each += 1) origins.push(at);
        text += piece;
        at += 1;
      }
      const found = [];
      words.forEach(function (word) {
        let start = text.indexOf(word);
        while (start >= 0) {
          found.push([origins[start], origins[start + word.length - 1] + 1]);
          start = text.indexOf(word, start + word.length);
        }
      });
      return found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    }

    marked(line, words) {
      const chars = Array.from(line);
      const pieces = [];
      let at = 0;
      function put(start, end, isMarked) {
        if (start < end) pieces.push({ text: chars.slice(start, end).join(""), marked: isMarked });
      }
      this.spans(line, words).forEach(function (span) {
        if (span[0] < at) return;
        put(at, span[0], false);
        put(span[0], span[1], true);
        at = span[1];
      });
      put(at, chars.length, false);
      return pieces;
    }
  }

  // The words of a query: `text` is folded, `shown` as it was typed.
  function parse(query, folding) {
    const words = [];
    const pattern = new RegExp(WORD, "g");
    let match = pattern.exec(query);
    while (match) {
      const quoted = match[3] !== undefined;
      const shown = quoted ? match[3] : match[4];
      const text = folding.fold(shown);
      if (text) {
        words.push({
          text: text,
          shown: shown.replace(MARGINS, ""),
          field: match[2] ? FIELDS[match[2]] : "",
          quoted: quoted,
          excluded: !!match[1],
          // Where the field answers nothing, it may be meant as it stands (单位：万元).
          literal: match[2] ? folding.fold(match[2] + ":" + shown) : ""
        });
      }
      match = pattern.exec(query);
    }
    return words;
  }

  // --- which units hold a word, and where ---------------------------------------------------------------
  //
  // A unit is 2n for the notice n itself, 2n+1 for its attachments. Places are kept as
  // { units: [ascending], starts: [[ascending], …] }.

  // Grams that make up a word together, each with its offset. The word itself is not common.
  function cover(word, isCommon) {
    const chars = Array.from(word);
    const found = [];
    let at = 0;
    while (at < chars.length) {
      let end = at + 1;
      let gram = chars[at];
      while (isCommon(gram) && end < chars.length) {
        gram += chars[end];
        end += 1;
      }
      let begin = at;
      // Where the rest of the word is common: the gram that ends with it.
      while (isCommon(gram)) {
        begin -= 1;
        gram = chars[begin] + gram;
      }
      found.push({ offset: begin, gram: gram });
      at = end;
    }
    return found;
  }

  function isOneCharacter(text) {
    return text.length === 1 || (text.length === 2 && text.codePointAt(0) > 0xFFFF);
  }

  function joined(places, others, offset) {
    const found = { units: [], starts: [] };
    let other = 0;
    places.units.forEach(function (unit, at) {
      while (other < others.units.length && others.units[other] < unit) other += 1;
      if (others.units[other] !== unit) return;
      const there = others.starts[other];
      let next = 0;
      const both = places.starts[at].filter(function (place) {
        while (next < there.length && there[next] < place + offset) next += 1;
        return there[next] === place + offset;
      });
      if (both.length) {
        found.units.push(unit);
        found.starts.push(both);
      }
    });
    return found;
  }

  function moved(places, offset) {
    return { units: places.units, starts: places.starts.map((starts) => starts.map((start) => start - offset)) };
  }

  // The number of starts that are not greater than a place.
  function countUpTo(starts, place) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function roomOf(unit, place) {
    return unit % 2 || place >= TEXT ? ELSEWHERE : 1 << (countUpTo(ROOMS, place) - 1);
  }

  class Reader {
    constructor(manifest, files) {
      this.manifest = manifest;
      this.count = manifest.count;
      this.common = new Set(manifest.common.split(" "));
      this.folding = new Folding(manifest.variants);
      this.files = files;
      this.held = new Map();
      // Characters that stand in the index or in folded names: the table has no other form for them.
      this.present = new Set(manifest.common);
      this.see(Object.keys(manifest.synonyms).join(""));
      this.see(this.fold(manifest.publishers.concat(manifest.categories).map((named) => named[1]).join("")));
    }

    see(text) {
      for (const char of text) this.present.add(char);
    }

    // Whether a gram lists units in the place of places.
    isCommon(gram) {
      return isOneCharacter(gram) || this.common.has(gram);
    }

    fold(text) {
      return this.folding.fold(text);
    }

    // The table of all variants; from then on everything is folded with it.
    variants() {
      if (this.folding.isWhole) return Promise.resolve();
      return this.files.get("variants", same).then((variants) => {
        this.folding.add(variants);
        this.folding.isWhole = true;
      });
    }

    // Whether the table of all variants may have another form for a word.
    mayVary(word) {
      return Array.from(word).some((char) => !/[0-9a-z]/.test(char) && !this.present.has(char));
    }

    shardOf(gram) {
      let found = 0;
      for (const char of gram) found = (Math.imul(found, 0x9E3779B1) + char.codePointAt(0)) | 0;
      const bits = this.manifest.bits;
      return bits ? Math.imul(found, 0x9E3779B1) >>> (32 - bits) : 0;
    }

    shard(number) {
      return this.files.get("g/" + number.toString(16), (content) => content.map(pairs));
    }

    postings(gram) {
      return this.shard(this.shardOf(gram)).then((shard) => {
        const text = shard[0].get(gram) || "";
        if (text) this.see(gram);
        return decode(text);
      });
    }

    // Refuses what belongs to another index: the site was renewed since the manifest was read.
    checked(unit) {
      if (!(unit < 2 * this.count)) throw failure("index", "a file of another index");
    }

    placed(gram) {
      return this.postings(gram).then((numbers) => {
        const found = { units: [], starts: [] };
        let unit = -1;
        let place = 0;
        let starts = null;
        numbers.forEach(function (number) {
          // An odd number is a step to a unit; the others are steps to its places.
          if (number & 1) {
            unit += number >> 1;
            place = 0;
            starts = [];
            found.units.push(unit);
            found.starts.push(starts);
          } else {
            if (!starts) throw failure("index", "a file of another index");
            place += number >> 1;
            starts.push(place);
          }
        });
        this.checked(unit);
        return found;
      });
    }

    // Every place of a folded word that is not common. A long one is looked for in rounds, as long as there is anything.
    places(word, asked) {
      const parts = cover(word, (gram) => this.isCommon(gram));
      const round = (found, begin) => {
        if (begin >= parts.length || (found && !found.units.length)) return found;
        const now = parts.slice(begin, begin + GRAMS_AT_ONCE);
        return Promise.all(now.map((part) => this.placed(part.gram))).then((lists) => {
          asked.check();
          const order = now.map((part, at) => ({ offset: part.offset, places: lists[at] }));
          order.sort((one, other) => one.places.units.length - other.places.units.length);
          order.forEach(function (part) {
            found = found ? joined(found, part.places, part.offset) : moved(part.places, part.offset);
          });
          return round(found, begin + GRAMS_AT_ONCE);
        });
      };
      return Promise.resolve(round(null, 0));
    }

    // Every unit that holds a folded word, with the rooms and the first place outside of the headings (-1: not known).
    holding(word, asked) {
      const known = this.held.get(word);
      if (known) return Promise.resolve(known);
      const found = this.isCommon(word) ? this.listed(word) : this.places(word, asked).then(held);
      return found.then((holding) => {
        this.held.set(word, holding);
        if (this.held.size > MOST_WORDS_HELD) this.held.delete(this.held.keys().next().value);
        return holding;
      });
    }

    listed(gram) {
      return this.postings(gram).then((numbers) => {
        const found = { units: new Int32Array(numbers.length), rooms: new Uint8Array(numbers.length), firsts: null };
        let unit = -1;
        numbers.forEach(function (number, at) {
          unit += number >> 3;
          found.units[at] = unit;
          found.rooms[at] = number & 7 || ELSEWHERE;
        });
        this.checked(unit);
        return found;
      });
    }

    // The notices of which a title or number is exactly the folded text.
    wholes(text) {
      if (!text) return Promise.resolve([]);
      const chars = Array.from(text);
      let gram = chars.slice(0, 2).join("");
      for (let at = 2; at < chars.length && this.common.has(gram); at += 1) gram += chars[at];
      return this.shard(this.shardOf(gram)).then((shard) => {
        let number = -1;
        const found = decode(shard[1].get(text) || "").map((gap) => (number += gap));
        this.checked(2 * number);
        return found;
      });
    }

    columns() {
      return this.files.get("facets", function (facets) {
        return {
          publisher: decode(facets.publisher),
          category: decode(facets.category),
          year: decode(facets.year).map((year) => facets.first_year + year)
        };
      });
    }

    notice(number) {
      return this.files.get("n/" + number, same);
    }

    // The piece of a unit's text that a place lies in (or the first, where it is null), and the place of its first character.
    chunk(unit, place) {
      return this.notice(unit >> 1).then((record) => {
        const isAttached = unit % 2;
        const starts = record.more[isAttached];
        const part = place === null ? 0 : Math.max(countUpTo(starts, place) - 1, 0);
        if (!starts.length) return { start: TEXT, text: "" };
        if (!isAttached && !part) return { start: starts[0], text: record.text };
        return this.files.get("t/" + unit + "-" + part, same).then((text) => ({ start: starts[part], text: text }));
      });
    }
  }

  function held(places) {
    const size = places.units.length;
    const found = { units: new Int32Array(size), rooms: new Uint8Array(size), firsts: new Int32Array(size).fill(-1) };
    places.units.forEach(function (unit, at) {
      found.units[at] = unit;
      places.starts[at].forEach(function (start) {
        const room = roomOf(unit, start);
        found.rooms[at] |= room;
        if (room === ELSEWHERE && found.firsts[at] < 0) found.firsts[at] = start;
      });
    });
    return found;
  }

  // --- from a query to notices, in order ----------------------------------------------------------------

  function commas(digits) {
    return digits.replace(/^0+(?=[0-9])/, "").replace(/([0-9])(?=(?:[0-9]{3})+$)/g, "$1,");
  }

  // Other ways to write a folded word: without what stands at its edges, numbers, brackets.
  function spellings(text) {
    const numbers = [
      text,
      text.replace(/[0-9]{1,3}(?:,[0-9]{3})+/g, (number) => number.split(",").join("")),
      text.replace(/(^|[^0-9.,])([0-9]{4,12})(?![0-9])/g, (all, before, number) => before + commas(number))
    ];
    const rounded = numbers.map((number) => number.replace(ZEROS, (all, kept) => kept || ""));
    const found = new Set([text.replace(EDGES, "")].concat(numbers, rounded));
    found.add(text.replace(/[()[\]]/g, (bracket) => "[]()"["()[]".indexOf(bracket)]));
    found.delete(text);
    found.delete("");
    return Array.from(found);
  }

  function isNamed(word) {
    return word.field === "publisher" || word.field === "category";
  }

  class Finder {
    constructor(reader, today) {
      this.reader = reader;
      this.today = today;
      this.day = "";
      this.columns = null;
      this.turn();
    }

    // Works out anew what depends on the day, if it is another one by now.
    turn() {
      const manifest = this.reader.manifest;
      const day = this.today();
      if (day === this.day) return;
      this.day = day;
      this.removed = new Uint8Array(this.reader.count);
      const passed = Math.round((Date.parse(day) - Date.parse(manifest.as_of)) / 864e5);
      const removals = decode(manifest.removed);
      for (let at = 0, number = -1; at < removals.length; at += 2) {
        number += removals[at];
        if (removals[at + 1] <= passed) this.removed[number] = 1;
      }
      const ends = decode(manifest.ends);
      let next = 0;
      this.marks = decode(manifest.mark).map(function (kind) {
        const mark = manifest.marks[kind];
        if (!mark[1]) return mark[0];
        next += 1;
        return ends[next - 1] <= passed ? "expired" : mark[0];
      });
      Object.keys(manifest.later).forEach((number) => {
        manifest.later[number].split(" ").forEach((step) => {
          if (step.slice(0, 10) <= day) this.marks[number] = step.slice(11);
        });
      });
      this.past = new Uint8Array(this.reader.count);
      this.marks.forEach((mark, number) => {
        if (STATUSES.current.indexOf(mark) < 0) this.past[number] = 1;
      });
    }

    // The columns that filters need.
    load() {
      return this.reader.columns().then((columns) => {
        this.columns = columns;
      });
    }

    names(kind) {
      return this.reader.manifest[kind === "publisher" ? "publishers" : "categories"];
    }

    // The folded name of a publisher or category, and a publisher's short one in a line of its own.
    nameOf(named) {
      return this.reader.fold(named[1]) + "\n" + this.reader.fold(named[3] || "");
    }

    // A query with the words that were made of it. The table of all variants is loaded only if it could matter.
    search(query, widely, asked) {
      const words = parse(query, this.reader.folding);
      const isFolded = this.reader.folding.isWhole;
      return this.answer(words, widely, asked).then((answer) => {
        const misses = words.filter((word, at) => !answer.answered[at] && this.reader.mayVary(word.text));
        if (isFolded || !misses.length) return answer.found;
        return this.reader.variants().then(() => {
          asked.check();
          const again = parse(query, this.reader.folding);
          if (words.every((word, at) => word.text === again[at].text)) return answer.found;
          return this.answer(again, widely, asked).then((whole) => whole.found);
        });
      });
    }

    // What is found, and for each word whether anything answers to it.
    answer(words, widely, asked) {
      const wanted = words.filter((word) => !word.excluded);
      const whole = wanted.map((word) => (word.field ? "" : word.text)).join("");
      return Promise.all([
        Promise.all(words.map((word) => this.answers(word, asked))),
        words.length ? this.reader.wholes(whole) : [],
        widely ? Promise.all(wanted.map((word) => this.instead(word, asked))) : null
      ]).then((loaded) => {
        asked.check();
        this.turn();
        const answers = loaded[0];
        const excluded = new Uint8Array(this.reader.count);
        words.forEach(function (word, at) {
          if (word.excluded) answers[at].forEach((tier, number) => (excluded[number] |= tier));
        });
        const own = answers.filter((_, at) => !words[at].excluded);
        const strict = words.length ? this.all(own, excluded) : new Uint8Array(0);
        loaded[1].forEach(function (number) {
          if (strict[number]) strict[number] = WHOLE;
        });
        const marked = new Set(wanted.filter((word) => !isNamed(word)).map((word) => word.text));
        const found = { strict: this.ordered(strict), related: [], reasons: {} };
        if (widely && words.length) this.relate(found, strict, own, loaded[2], excluded, marked);
        found.all = found.strict.concat(found.related);
        found.how = found.strict.length ? "words" : found.related.length ? "related" : "nothing";
        found.words = Array.from(marked);
        found.typed = words.length > 0;
        return { found: found, answered: answers.map((tiers) => tiers.some(Boolean)) };
      });
    }

    // Adds those in which something else stands for a word, with the reasons, and the words to mark in them.
    relate(found, strict, own, instead, excluded, marked) {
      const wide = own.map(function (answer, at) {
        const tiers = answer.slice();
        const reasons = new Map();
        instead[at].forEach(function (other) {
          other.tiers.forEach(function (tier, number) {
            if (!tier || tiers[number]) return;
            tiers[number] = tier;
            reasons.set(number, other.reason(number));
          });
        });
        return { tiers: tiers, reasons: reasons };
      });
      const near = this.all(wide.map((each) => each.tiers), excluded);
      const given = new Set();
      near.forEach(function (tier, number) {
        if (strict[number]) near[number] = NOT;
        if (!near[number]) return;
        const once = new Map();
        wide.map((each) => each.reasons.get(number)).filter(Boolean).forEach(function (reason) {
          once.set(JSON.stringify([reason.word, reason.kind, reason.found]), reason);
        });
        found.reasons[number] = Array.from(once.values());
        found.reasons[number].forEach((reason) => given.add(reason));
      });
      given.forEach((reason) => {
        if (reason.kind === "synonym" || reason.kind === "spelling") marked.add(this.reader.fold(reason.found));
      });
      found.related = this.ordered(near);
    }

    // What is in every answer, with its worst tier. Without any, everything that is not excluded.
    all(answers, excluded) {
      const found = new Uint8Array(this.reader.count);
      for (let number = 0; number < found.length; number += 1) {
        if (excluded[number]) continue;
        let tier = answers.length ? WHOLE : IN_TEXT;
        for (let at = 0; at < answers.length && tier; at += 1) {
          tier = answers[at][number] && Math.max(tier, answers[at][number]);
        }
        found[number] = tier;
      }
      return found;
    }

    // Best tier first, then current before past, then the newest.
    ordered(tiers) {
      const groups = [];
      for (let each = 0; each < 2 * (NUMBERED + 1); each += 1) groups.push([]);
      for (let number = tiers.length - 1; number >= 0; number -= 1) {
        if (tiers[number]) groups[2 * tiers[number] + this.past[number]].push(number);
      }
      return [].concat.apply([], groups);
    }

    // The tier of every notice for a word.
    answers(word, asked) {
      const isUnder = isNamed(word) || word.field === "year";
      const answer = isUnder ? this.under(word) : this.tiers(word.text, word.field, asked);
      if (!word.literal) return answer;
      return answer.then((tiers) => (tiers.some(Boolean) ? tiers : this.tiers(word.literal, "", asked)));
    }

    tiers(text, only, asked) {
      return Promise.all([
        this.reader.holding(text, asked),
        only === "attachments" ? [] : this.reader.wholes(text)
      ]).then((loaded) => {
        const holding = loaded[0];
        const found = new Uint8Array(this.reader.count);
        for (let at = 0; at < holding.units.length; at += 1) {
          const number = holding.units[at] >> 1;
          const isAttached = holding.units[at] & 1;
          let rooms = holding.rooms[at] & (ROOM_OF[only] || ANY_ROOM);
          if (this.removed[number]) rooms &= HEADING;
          if (!rooms || (only === "attachments" && !isAttached) || (isAttached && ROOM_OF[only])) continue;
          let tier = rooms & ELSEWHERE ? IN_TEXT : NUMBERED;
          if (isAttached) tier = ATTACHED;
          else if (rooms & NAMING || only === "index_number") tier = HEADED;
          if (!found[number] || tier < found[number]) found[number] = tier;
        }
        loaded[1].forEach(function (number) {
          if (found[number]) found[number] = WHOLE;
        });
        return found;
      });
    }

    // The notices of publishers or categories of that name or code, or of a year.
    under(word) {
      if (word.field === "year") {
        const year = word.text.replace(/年+$/, "");
        return this.reader.columns().then((columns) => this.those(columns.year, (value) => String(value) === year));
      }
      const others = this.others(word.text).filter((other) => other.kind === "synonym");
      const texts = [word.text].concat(others.map((other) => this.reader.fold(other.text)));
      const chosen = this.names(word.field).map((named) => {
        const name = this.nameOf(named);
        return word.text === named[0] || texts.some((text) => name.indexOf(text) >= 0);
      });
      return this.reader.columns().then((columns) => this.those(columns[word.field], (value) => chosen[value]));
    }

    those(column, isMeant) {
      const found = new Uint8Array(this.reader.count);
      column.forEach(function (value, number) {
        if (isMeant(value)) found[number] = HEADED;
      });
      return found;
    }

    // What may stand for a word, the best first: the tier of every notice, and the reason for it.
    instead(word, asked) {
      if (word.quoted || word.field) return Promise.resolve([]);
      const others = this.others(word.text).map((other) => {
        const reason = { word: word.shown, kind: other.kind, found: other.text };
        return this.tiers(this.reader.fold(other.text), "", asked).then((tiers) => ({ tiers: tiers, reason: () => reason }));
      });
      return Promise.all(others.concat(["publisher", "category"].map((kind) => this.standing(kind, word))));
    }

    // The notices below publishers or categories whose name contains a word.
    standing(kind, word) {
      let isNamed = false;
      const reasons = this.names(kind).map((named) => {
        if (this.nameOf(named).indexOf(word.text) < 0) return null;
        isNamed = true;
        return { word: word.shown, kind: kind, found: named[1] };
      });
      if (!isNamed) return Promise.resolve({ tiers: new Uint8Array(0), reason: null });
      return this.reader.columns().then((columns) => {
        const column = columns[kind];
        return { tiers: this.those(column, (value) => reasons[value]), reason: (number) => reasons[column[number]] };
      });
    }

    // Other words and spellings for a folded word.
    others(text) {
      const found = [];
      const synonyms = this.reader.manifest.synonyms;
      Object.keys(synonyms).forEach((known) => {
        if (text.indexOf(known) < 0) return;
        synonyms[known].forEach((other) => {
          if (text.indexOf(this.reader.fold(other)) >= 0) return;
          found.push({ kind: "synonym", text: text.split(known).join(other) });
        });
      });
      spellings(text).forEach((spelling) => found.push({ kind: "spelling", text: spelling }));
      return found;
    }

    // What a filter sees of a notice.
    value(name, number) {
      const columns = this.columns;
      if (name === "status") {
        const mark = this.marks[number];
        return Object.keys(STATUSES).find((status) => STATUSES[status].indexOf(mark) >= 0) || mark;
      }
      if (name === "year") return String(columns.year[number]);
      if (name === "regime") return this.names("publisher")[columns.publisher[number]][2];
      return this.names(name)[columns[name][number]][0];
    }

    snippet(number, words) {
      const reader = this.reader;
      if (this.removed[number]) return Promise.resolve([]);
      // The first word that stands in a unit outside of its headings; of a common one it is not known where.
      const within = function (unit, at) {
        if (at >= words.length) return Promise.resolve([]);
        return reader.holding(words[at], ALWAYS).then(function (holding) {
          const line = countUpTo(holding.units, unit) - 1;
          const first = holding.firsts && holding.firsts[line] >= 0 ? holding.firsts[line] : null;
          if (holding.units[line] !== unit || (first === null && !reader.isCommon(words[at]))) return [];
          return reader.chunk(unit, first).then(function (chunk) {
            return around(chunk.text.replace(/\n+$/, ""), words, words[at], reader.folding);
          });
        }).then((pieces) => (pieces.length ? pieces : within(unit, at + 1)));
      };
      return within(2 * number, 0).then(function (pieces) {
        if (pieces.length) return pieces;
        return within(2 * number + 1, 0).then(function (attached) {
          if (attached.length) attached.isAttached = true;
          return attached;
        });
      });
    }
  }

  // What stands around a word where it stands first within a line, over lines and cells, all words marked.
  function around(text, words, word, folding) {
    let before = 0;
    const lines = text.split("\n");
    for (let at = 0; at < lines.length; at += 1) {
      const spans = folding.spans(lines[at], [word]);
      if (spans.length) {
        const chars = Array.from(text);
        const begin = Math.max(before + spans[0][0] - BEFORE, 0);
        const cut = chars.slice(begin, begin + LENGTH).join("").replace(/\n/g, BETWEEN);
        const whole = (begin ? "…" : "") + cut + (begin + LENGTH < chars.length ? "…" : "");
        return folding.marked(whole, words);
      }
      before += Array.from(lines[at]).length + 1;
    }
    return [];
  }

  // --- what nearly matches, where nothing does ----------------------------------------------------------

  // Words of the index by pinyin.
  class Spoken {
    constructor(reader) {
      this.reader = reader;
    }

    readings() {
      return this.reader.files.get("readings", same);
    }

    // Words that the letters may stand for: as syllables, else as initials.
    words(typed, asked) {
      return this.readings().then((readings) => {
        const ways = syllables(typed, readings).concat([typed.split("")]);
        const next = (at) => {
          if (at >= ways.length) return [];
          if (ways[at].length < 2 || ways[at].length > MOST_SYLLABLES) return next(at + 1);
          return this.chained(ways[at], readings).then(function (found) {
            asked.check();
            return found.length ? found : next(at + 1);
          });
        };
        return next(0);
      });
    }

    // Other words that are spoken like a word of two or more characters.
    alike(word) {
      return this.readings().then((readings) => {
        const known = Object.keys(readings);
        const parts = Array.from(word).map((char) => known.find((each) => readings[each].indexOf(char) >= 0));
        if (parts.length < 2 || parts.length > MOST_SYLLABLES || !parts.every(Boolean)) return [];
        return this.chained(parts, readings).then((found) => found.filter((other) => other !== word));
      });
    }

    // Words of which every pair of neighbours stands in the index; the whole is to be looked for.
    chained(parts, readings) {
      const all = parts.slice(1).map((part, at) => this.pairs(parts[at], part, readings));
      return Promise.all(all).then(function (steps) {
        let words = steps[0].map((pair) => pair.join(""));
        let lasts = steps[0].map((pair) => pair[1]);
        steps.slice(1).forEach(function (step) {
          const longer = [];
          const ends = [];
          for (let at = 0; at < words.length && longer.length < 8 * MOST_WORDS; at += 1) {
            step.forEach(function (pair) {
              if (pair[0] !== lasts[at]) return;
              longer.push(words[at] + pair[1]);
              ends.push(pair[1]);
            });
          }
          words = longer.slice(0, 8 * MOST_WORDS);
          lasts = ends;
        });
        return words.slice(0, MOST_WORDS);
      });
    }

    pairs(first, second, readings) {
      const letters = first[0] + second[0];
      if (!/^[a-z]{2}$/.test(letters)) return Promise.resolve([]);
      const code = (letters.charCodeAt(0) * 31 + letters.charCodeAt(1)) * 31;
      const shard = code & ((1 << this.reader.manifest.spoken) - 1);
      return this.reader.files.get("p/" + shard.toString(16), same).then(function (words) {
        const chars = Array.from(words[letters] || "");
        const found = [];
        for (let at = 0; at < chars.length; at += 2) {
          const pair = [chars[at], chars[at + 1]];
          const fits = [first, second].every(function (syllable, which) {
            return syllable.length === 1 || (readings[syllable] || "").indexOf(pair[which]) >= 0;
          });
          if (fits) found.push(pair);
        }
        return found;
      });
    }
  }

  // Every way to read letters as syllables, those with the fewest first.
  function syllables(typed, known) {
    const ways = [];
    function read(at, before) {
      if (at === typed.length) {
        ways.push(before);
      } else if (before.length < MOST_SYLLABLES) {
        for (let end = at + 1; end <= Math.min(at + LONGEST_SYLLABLE, typed.length); end += 1) {
          const part = typed.slice(at, end);
          if (Object.prototype.hasOwnProperty.call(known, part)) read(end, before.concat([part]));
        }
      }
    }
    read(0, []);
    const found = [];
    for (let count = 0; count <= MOST_SYLLABLES; count += 1) {
      ways.forEach((way) => way.length === count && found.push(way));
    }
    return found;
  }

  // A word without what one says around it; in two parts; a shorter one in three. Never within a number.
  function splits(word) {
    const said = word.split(FILLING).filter((part) => Array.from(part).length > 1);
    const found = [];
    if (said.length && (said.length > 1 || said[0] !== word)) found.push([said]);
    const chars = Array.from(said.length === 1 ? said[0] : word);
    const ends = [];
    for (let at = 2; at < chars.length - 1; at += 1) {
      if (!/[0-9a-z.,]/.test(chars[at - 1]) || !/[0-9a-z.,]/.test(chars[at])) ends.push(at);
    }
    const cut = (begin, end) => chars.slice(begin, end).join("");
    found.push(ends.map((at) => [cut(0, at), cut(at)]));
    const three = [];
    if (chars.length <= LONGEST_IN_THREE) {
      ends.forEach((at) => ends.forEach(function (end) {
        if (end - at > 1) three.push([cut(0, at), cut(at, end), cut(end)]);
      }));
    }
    found.push(three);
    return found;
  }

  // What is left and right of one character that may be another, too many or missing.
  function pieces(chars) {
    const found = new Map();
    function add(left, between, right) {
      const piece = { left: left.join(""), between: between, right: right.join(""), before: left.length };
      piece.length = left.length + between + right.length;
      const key = JSON.stringify([piece.left, between, piece.right]);
      if (!found.has(key)) found.set(key, piece);
    }
    for (let at = 0; at <= chars.length; at += 1) {
      const left = chars.slice(0, at);
      if (at < chars.length) add(left, 1, chars.slice(at + 1));
      if (at > 0 && at < chars.length) add(left, 1, chars.slice(at));
      // Of a short word little is left when one character is taken away.
      if (at < chars.length && chars.length > SHORT) add(left, 0, chars.slice(at + 1));
    }
    return Array.from(found.values());
  }

  // Other queries for one that finds nothing.
  class Nearby {
    constructor(finder, asked) {
      this.finder = finder;
      this.reader = finder.reader;
      this.spoken = new Spoken(finder.reader);
      this.asked = asked;
    }

    offers(query) {
      return this.reader.variants().then(() => {
        this.asked.check();
        const words = parse(query, this.reader.folding).filter((word) => !word.excluded);
        const plain = words.filter((word) => !(word.field || word.quoted));
        if (plain.length < words.length) {
          return this.offered("parts", [words.map((word) => word.shown).join(" ")]);
        }
        const typed = plain.map((word) => word.text).join("");
        if (!/^[a-zA-Z]+$/.test(typed)) return this.close(query, plain);
        return this.spoken.words(typed, this.asked)
          .then((found) => this.offered("pinyin", found))
          .then((found) => (found.length ? found : this.close(query, plain)));
      });
    }

    // One character apart, and parts, for the only word that is missing.
    close(query, plain) {
      return Promise.all(plain.map((word) => this.reader.holding(word.text, this.asked))).then((holdings) => {
        const missing = plain.filter((_, at) => !holdings[at].units.length);
        if (missing.length !== 1) return [];
        const word = missing[0];
        const chars = Array.from(word.text);
        if (chars.length < 2 || chars.length > LONGEST_WORD) return [];
        const replaced = (other) => query.replace(word.shown, () => other);
        // Another amount is another matter.
        const isNumber = /^[0-9.,%-]+$/.test(word.text);
        const apart = isNumber ? Promise.resolve([]) : this.apart(word.text, chars);
        return apart.then((others) => this.offered("apart", others.map(replaced))).then((found) => {
          return this.inParts(splits(word.text), replaced).then((parts) => found.concat(parts));
        });
      });
    }

    // The query with a word taken apart: the fewest parts that find anything, the most found of those.
    inParts(ways, replaced) {
      if (!ways.length) return Promise.resolve([]);
      return this.offered("parts", ways[0].map((split) => replaced(split.join(" ")))).then((found) => {
        return found.length ? found.slice(0, 1) : this.inParts(ways.slice(1), replaced);
      });
    }

    // The queries that find anything, those that find most first. A word of the field comes before all others.
    offered(kind, queries) {
      const synonyms = this.reader.manifest.synonyms;
      const found = [];
      const counted = (begin) => {
        this.asked.check();
        if (begin >= queries.length) return Promise.resolve();
        return Promise.all(queries.slice(begin, begin + QUERIES_AT_ONCE).map((query) => {
          return this.finder.search(query, kind === "parts", this.asked).then(function (answer) {
            return { kind: kind, query: query, count: answer.all.length };
          });
        })).then(function (offers) {
          offers.forEach((offer) => offer.count && found.push(offer));
          return counted(begin + QUERIES_AT_ONCE);
        });
      };
      return counted(0).then(function () {
        const rank = (offer) => (Object.prototype.hasOwnProperty.call(synonyms, offer.query) ? 0 : 1);
        const order = found.map((offer, at) => ({ offer: offer, at: at }));
        order.sort(function (one, other) {
          return rank(one.offer) - rank(other.offer) || other.offer.count - one.offer.count || one.at - other.at;
        });
        return order.slice(0, MOST_OFFERS).map((each) => each.offer);
      });
    }

    // Words of the index that are spoken like a word, or differ by one character.
    apart(word, chars) {
      return Promise.all([
        this.spoken.alike(word),
        Promise.all(pieces(chars).map((piece) => this.standing(piece)))
      ]).then(function (found) {
        return Array.from(new Set(found[0].concat.apply(found[0], found[1])));
      });
    }

    // What stands where two pieces do, with what is between them.
    standing(piece) {
      return this.around(piece).then((places) => {
        this.asked.check();
        const reads = [];
        for (let at = 0; at < places.units.length && reads.length < MOST_READ; at += 1) {
          places.starts[at].forEach((start) => reads.push(this.read(places.units[at], start, piece.length)));
        }
        return Promise.all(reads);
      }).then(function (found) {
        return found.filter(function (text) {
          const fits = text.startsWith(piece.left) && text.endsWith(piece.right);
          const chars = Array.from(text);
          const others = [chars[0], chars[chars.length - 1]].concat(chars.slice(piece.before, piece.before + piece.between));
          return fits && chars.length === piece.length && !others.some((char) => PUNCTUATION.test(char));
        });
      });
    }

    // Where two pieces stand with some characters between them, as far as one of them is not common.
    around(piece) {
      const placed = (word) => (word && !this.reader.isCommon(word) ? this.reader.places(word, this.asked) : null);
      const offset = piece.before + piece.between;
      return Promise.all([placed(piece.left), placed(piece.right)]).then(function (found) {
        if (found[0] && found[1]) return joined(found[0], found[1], offset);
        if (found[0]) return found[0];
        return found[1] ? moved(found[1], offset) : { units: [], starts: [] };
      });
    }

    // The folded characters from a place on, up to the end of the line.
    read(unit, place, length) {
      if (place < 0) return Promise.resolve("");
      if (unit % 2 === 0 && place < TEXT) {
        return this.reader.notice(unit / 2).then((record) => {
          const room = countUpTo(ROOMS, place) - 1;
          const heading = [record.title, record.document_number, record.index_number][room];
          return this.cut(heading, place - ROOMS[room], length);
        });
      }
      return this.reader.chunk(unit, place).then((chunk) => {
        return place >= chunk.start ? this.cut(chunk.text, place - chunk.start, length) : "";
      });
    }

    cut(text, begin, length) {
      let at = 0;
      let found = "";
      for (const char of text) {
        if (char === "\n") {
          if (at >= begin) break;
          at += 1;
          continue;
        }
        for (const each of this.reader.folding.character(char)) {
          if (at >= begin && at < begin + length) found += each;
          at += 1;
        }
        if (at >= begin + length) break;
      }
      return found;
    }
  }

  // --- the engine ---------------------------------------------------------------------------------------

  const ALWAYS = { check: function () {} };

  class Engine {
    constructor(base, version, today) {
      this.base = base;
      this.version = version;
      this.today = today;
      this.asked = 0;
      this.opening = null;
      this.renewing = null;
      // Known once the manifest is there.
      this.finder = null;
    }

    opened() {
      if (!this.opening) {
        this.opening = this.open("").then((finder) => (this.finder = finder));
        this.opening.catch(() => (this.opening = null));
      }
      return this.opening;
    }

    open(renewed) {
      const version = encodeURIComponent(this.version) + renewed;
      return load(this.base + "index.js?v=" + version, "index").then((manifest) => {
        if (manifest.format !== FORMAT) throw failure("index", "an index of another format");
        const files = new Files((name) => this.base + name + ".js?v=" + manifest.version);
        return new Finder(new Reader(manifest, files), this.today);
      });
    }

    // Does something with the index. If a file does not fit, the site may have been renewed since: then once more.
    work(task) {
      return this.opened().then((finder) => {
        return task(finder).catch((error) => {
          if (error.code !== "network" && error.code !== "index") throw error;
          return this.renewed(finder).then(function (renewed) {
            if (!renewed) throw error;
            return task(renewed);
          });
        });
      });
    }

    // The index of today in the place of one that failed, or null if it is the same one.
    renewed(finder) {
      if (this.finder !== finder) return this.opening;
      if (!this.renewing) {
        this.renewing = this.open("&renewed=" + Date.now()).then((next) => {
          if (next.reader.manifest.version === finder.reader.manifest.version) return null;
          return (finder.columns ? next.load() : Promise.resolve()).then(() => {
            this.finder = next;
            this.opening = Promise.resolve(next);
            return next;
          });
        }).catch(() => null).then((next) => {
          this.renewing = null;
          return next;
        });
      }
      return this.renewing;
    }

    // Does what only the last one asked for is done for.
    last(task) {
      this.asked += 1;
      const number = this.asked;
      const asked = {
        check: () => {
          if (this.asked !== number) throw OVERTAKEN;
        }
      };
      return this.work((finder) => task(finder, asked)).then(
        (answer) => (this.asked === number ? answer : new Promise(function () {})),
        (error) => {
          if (this.asked !== number) return new Promise(function () {});
          throw error;
        }
      );
    }

    ready() {
      return this.opened().then((finder) => finder.reader.manifest);
    }

    search(query, options) {
      const widely = !options || options.widely !== false;
      return this.last((finder, asked) => Promise.all([
        finder.search(query, widely, asked),
        this.unrenewed(finder)
      ]).then((loaded) => loaded[0]));
    }

    // Refuses an index that is not the site's any more. Where that cannot be asked, the files that are there count.
    unrenewed(finder) {
      return load(this.base + "version.js?at=" + Date.now(), "version").then(function (version) {
        if (version !== finder.reader.manifest.version) throw failure("index", "the site was renewed");
      }, function () {});
    }

    offers(query) {
      return this.last((finder, asked) => new Nearby(finder, asked).offers(query));
    }

    columns() {
      return this.work((finder) => finder.load());
    }

    chosen(numbers, choice, but) {
      const names = FILTERS.filter((name) => name !== but && choice[name]);
      return numbers.filter((number) => {
        return names.every((name) => this.finder.value(name, number) === choice[name]);
      });
    }

    // For each filter its values with how many there would be if that one were chosen with the other filters.
    counts(numbers, choice) {
      const found = {};
      FILTERS.forEach((name) => (found[name] = {}));
      numbers.forEach((number) => {
        const values = FILTERS.map((name) => this.finder.value(name, number));
        const refusing = FILTERS.filter((name, at) => choice[name] && choice[name] !== values[at]);
        FILTERS.forEach(function (name, at) {
          if (refusing.length > 1 || (refusing.length && refusing[0] !== name)) return;
          found[name][values[at]] = (found[name][values[at]] || 0) + 1;
        });
      });
      return found;
    }

    newest(numbers) {
      return numbers.slice().sort((one, other) => other - one);
    }

    notice(number) {
      return this.opened().then((finder) => finder.reader.notice(number).then(function (record) {
        finder.turn();
        return Object.assign({}, record, { mark: finder.marks[number] });
      }));
    }

    snippet(number, found) {
      return this.opened().then(function (finder) {
        finder.turn();
        return finder.snippet(number, found.words);
      });
    }

    marked(text, found) {
      return this.finder.reader.folding.marked(text, found.words);
    }
  }

  window.noticeboardSearch = { open: (base, version, today) => new Engine(base, version, today) };
})();
