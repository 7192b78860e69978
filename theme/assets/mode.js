// Runs before the page is drawn, so that a chosen appearance does not flash.
(function () {
  var root = document.documentElement;
  root.className = root.className.replace("no-js", "js");
  try {
    ["dark", "size"].forEach(function (name) {
      var chosen = localStorage.getItem("nb-" + name);
      if (chosen) root.setAttribute("data-nb-" + name, chosen);
    });
  } catch (error) { /* storage refused: the page works without it */ }
})();
