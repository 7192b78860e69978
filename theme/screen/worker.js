// Keeps the screens where they were installed: a page that was taken whole is shown without asking the
// network. The page itself puts it there after it has looked it through; nothing else is ever kept.
(function () {
  "use strict";
  var CACHE = "noticeboard-screen-1";

  self.addEventListener("install", function () { self.skipWaiting(); });
  self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
  self.addEventListener("fetch", function (event) {
    if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
    var address = event.request.url.split(/[?#]/)[0];
    event.respondWith(caches.open(CACHE).then(function (kept) {
      return kept.match(address);
    }).then(function (page) {
      return page || fetch(event.request);
    }));
  });
})();
