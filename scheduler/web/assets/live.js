// Keeps an open page as the centre has it. The page works without this file.
//
// After a change the page is fetched again and laid over what is shown, node by
// node: what is the same stays in place, so that scrolling, focus, open details,
// words being typed and a recording that is being listened to are not disturbed.
//
// A page on which a person works says data-still, with what it is about. It is
// left as it is; when it is about something else by now, the page says so.
(function () {
  "use strict";
  var wait = 300;       // ms of quiet after the last change, before looking
  var refresh = 60000;  // ms after which time alone may have changed what is shown
  var timer = 0;
  var looking = false;
  var again = false;

  // overlay makes a's children like b's. Children with an id are matched by it,
  // the others by their order. What is in the way of a match is taken out rather
  // than the match moved: an audio element that is moved falls silent.
  function overlay(a, b) {
    var mine = byId(a), wanted = byId(b), at = a.firstChild;
    function drop() { var n = at; at = n.nextSibling; a.removeChild(n); }
    Array.from(b.childNodes).forEach(function (want) {
      var have = want.id ? mine[want.id] : at;
      if (!have || have.nodeName !== want.nodeName || (!want.id && have.id)) {
        a.insertBefore(want.cloneNode(true), at);
        return;
      }
      while (at && at !== have && !(at.id && wanted[at.id])) drop();
      if (have !== at) a.insertBefore(have, at);
      at = have.nextSibling;
      one(have, want);
    });
    while (at) drop();
  }

  function byId(parent) {
    var found = {};
    Array.from(parent.children).forEach(function (n) { if (n.id) found[n.id] = n; });
    return found;
  }

  function one(have, want) {
    if (have.nodeType !== Node.ELEMENT_NODE) {
      if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue;
      return;
    }
    if (have.isEqualNode(want)) return;
    Array.from(have.attributes).forEach(function (t) {
      var opened = have.nodeName === "DETAILS" && t.name === "open";
      if (!opened && !want.hasAttribute(t.name)) have.removeAttribute(t.name);
    });
    Array.from(want.attributes).forEach(function (t) {
      var closed = have.nodeName === "DETAILS" && t.name === "open";
      if (!closed && have.getAttribute(t.name) !== t.value) have.setAttribute(t.name, t.value);
    });
    overlay(have, want);
  }

  function show(on) {
    var sign = document.getElementById("following");
    sign.hidden = false;
    sign.className = "following " + (on ? "on" : "off");
    sign.textContent = on ? sign.dataset.follows : sign.dataset.lost;
  }

  // A page that is worked on and has nothing to say it is out of date is not
  // asked for again: to plan a province costs the centre a second.
  function look() {
    if (document.querySelector("[data-still]") && !document.getElementById("stale")) return;
    if (looking) { again = true; return; }
    looking = true;
    fetch(location.href, { cache: "no-store" }).then(function (res) {
      if (res.status >= 500) throw new Error(res.statusText);
      return res.text();
    }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html");
      var main = fresh.getElementById("main");
      if (document.querySelector("[data-still]")) { stale(fresh); return; }
      if (main) overlay(document.getElementById("main"), main);
    }).catch(function () {
      // What is shown stays. If the centre is gone, the stream of events says so.
    }).finally(function () {
      looking = false;
      if (again) { again = false; soon(); }
    });
  }

  function stale(fresh) {
    var sign = document.getElementById("stale");
    var mine = document.querySelector("[data-still]"), now = fresh.querySelector("[data-still]");
    if (sign && now) sign.hidden = mine.dataset.still === now.dataset.still;
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  }

  var events = new EventSource("/v1/events");
  events.addEventListener("change", soon);
  events.onopen = function () { show(true); soon(); };
  events.onerror = function () { show(false); };
  setInterval(function () { if (!document.hidden) soon(); }, refresh);
})();
