// Keeps an open page as the station is. The page works without this file.
//
// After a change the page is fetched again and laid over what is shown, node by
// node, so that a button keeps its place under a finger. Where an id differs the
// node is replaced whole: a press that falls just then is lost, and never means
// another item than the one that was read.
(function () {
  "use strict";
  var live = document.getElementById("live"), gone = document.getElementById("gone");
  var timer = 0, looking = false, again = false, seen = performance.now(), sliding = false;
  document.documentElement.classList.add("js");

  function lay(have, want) {
    if (have.nodeType !== want.nodeType || have.nodeName !== want.nodeName || (have.id || "") !== (want.id || "")) {
      have.replaceWith(want.cloneNode(true));
      return;
    }
    if (have.nodeType !== Node.ELEMENT_NODE) {
      if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue;
      return;
    }
    if (have.type === "range" && !sliding) have.value = want.getAttribute("value");
    if (have.nodeName === "OUTPUT" && sliding) return;
    Array.from(have.attributes).forEach(function (a) { if (!want.hasAttribute(a.name)) have.removeAttribute(a.name); });
    Array.from(want.attributes).forEach(function (a) { if (have.getAttribute(a.name) !== a.value) have.setAttribute(a.name, a.value); });
    var old = Array.from(have.childNodes), fresh = Array.from(want.childNodes);
    fresh.forEach(function (n, i) { if (i < old.length) lay(old[i], n); else have.appendChild(n.cloneNode(true)); });
    old.slice(fresh.length).forEach(function (n) { n.remove(); });
  }

  function look() {
    if (looking) { again = true; return; }
    looking = true;
    fetch("/", { cache: "no-store" }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      lay(live, page.getElementById("live"));
      lay(document.querySelector("time[data-clock]"), page.querySelector("time[data-clock]"));
      seen = performance.now();
    }).catch(function () {
      // What is shown stays. If the agent is gone, the stream of events says so.
    }).finally(function () {
      looking = false;
      if (again) { again = false; soon(); }
    });
  }

  function soon() { clearTimeout(timer); timer = setTimeout(look, 150); }

  function two(n) { return (n < 10 ? "0" : "") + n; }

  // tick moves on what time alone moves, from what the station said last.
  function tick() {
    var passed = Math.floor((performance.now() - seen) / 1000);
    var clock = document.querySelector("time[data-clock]"), s = (Number(clock.dataset.clock) + passed) % 86400;
    clock.textContent = two(Math.floor(s / 3600)) + ":" + two(Math.floor(s / 60) % 60) + ":" + two(s % 60);
    document.querySelectorAll("b[data-runs]").forEach(function (b) {
      var n = Math.min(Number(b.dataset.runs) + passed, Number(b.dataset.to || Infinity)), h = Math.floor(n / 3600);
      b.textContent = (h ? h + ":" + two(Math.floor(n / 60) % 60) : Math.floor(n / 60)) + ":" + two(n % 60);
    });
    document.querySelectorAll("progress[data-runs]").forEach(function (p) { p.value = Number(p.dataset.runs) + passed; });
  }

  setInterval(function () { if (gone.hidden) tick(); }, 500);
  document.addEventListener("click", function (e) { if (e.target.closest("[data-print]")) window.print(); });
  if (!live) return;

  if (location.pathname + location.search !== "/") history.replaceState(null, "", "/"); // what was just done was said; a reload is not to say it again
  document.addEventListener("input", function (e) {
    var shown = document.getElementById(e.target.dataset.shown);
    if (shown) { sliding = true; shown.textContent = e.target.value + " %"; }
  });
  document.addEventListener("change", function (e) {
    if (e.target.dataset.shown) e.target.form.requestSubmit();
  });
  var events = new EventSource("/events");
  events.addEventListener("change", soon);
  events.onopen = function () { gone.hidden = true; };
  events.onerror = function () { gone.hidden = false; };
  setInterval(function () { if (!document.hidden) soon(); }, 30000); // time alone makes an item due
})();
