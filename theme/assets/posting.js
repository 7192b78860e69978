// The list to print says of which day it is: the board's day, as board.js found it.
(function () {
  "use strict";
  var meta = document.querySelector('meta[name="noticeboard"]');
  var shown = document.querySelector(".nb-posting__day time");
  if (!meta || !shown) return;

  function refresh() {
    var day = meta.getAttribute("data-today");
    if (!day || day <= meta.getAttribute("content")) return;
    var parts = day.split("-");
    var weekdays = shown.getAttribute("data-weekdays").split(" ");
    var weekday = (new Date(day + "T00:00:00Z").getUTCDay() + 6) % 7;
    shown.setAttribute("datetime", day);
    shown.textContent = shown.getAttribute("data-format")
      .replace("{year}", parts[0])
      .replace("{month}", String(Number(parts[1])))
      .replace("{day}", String(Number(parts[2])))
      .replace("{weekday}", weekdays[weekday]);
  }
  refresh();
  document.addEventListener("visibilitychange", function () { if (!document.hidden) refresh(); });
})();
