// Ties what was understood of a letter to where it stands in the source. The
// page works without this file: each field has a link to its place.
(function () {
  "use strict";
  var source = document.getElementById("source"), side = document.querySelector(".understood");
  var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  var held = "";    // the key of the field that has the focus
  var shown = "";   // the key that is lit
  var into = null;  // the text field that had the focus last
  document.documentElement.classList.add("scripted");

  var notice = document.getElementById("notice");
  if (notice) notice.focus(); // it is read out, and the way goes on from there

  // Lighting up.

  function pieces(key) { return source.querySelectorAll('[data-of~="' + CSS.escape(key) + '"]'); }

  function light(key) {
    if (key === shown) return;
    source.querySelectorAll(".lit, .near").forEach(function (n) { n.classList.remove("lit", "near"); });
    shown = key;
    if (!key) return;
    var lit = pieces(key);
    var how = key.indexOf("topic-") === 0 ? "near" : "lit"; // a whole topic is lit softly
    lit.forEach(function (n) { n.classList.add(how); });
    if (lit.length && !Array.from(lit).some(seen)) reveal(lit[0]);
  }

  // seen reports whether any of a piece is in sight within the source.
  function seen(n) {
    var at = n.getBoundingClientRect(), box = source.getBoundingClientRect();
    return at.bottom > box.top + 24 && at.top < box.bottom - 24;
  }

  // reveal scrolls the source, and never the page, to a piece.
  function reveal(n) {
    var at = n.getBoundingClientRect(), box = source.getBoundingClientRect();
    source.scrollTo({ top: source.scrollTop + at.top - box.top - box.height / 3, behavior: calm ? "auto" : "smooth" });
  }

  function keyAt(n) {
    var field = n.closest && n.closest("[data-shows]");
    return field ? field.dataset.shows : "";
  }

  var back = pieces(location.hash.slice(1))[0]; // of the topic that was just put right
  if (back && !seen(back)) reveal(back);

  var waiting = 0;
  side.addEventListener("mouseover", function (e) {
    clearTimeout(waiting);
    var key = keyAt(e.target);
    waiting = setTimeout(function () { light(key || held); }, 120);
  });
  side.addEventListener("mouseleave", function () { clearTimeout(waiting); light(held); });
  side.addEventListener("focusin", function (e) { held = keyAt(e.target); light(held); });
  side.addEventListener("focusout", function () { held = ""; });
  side.addEventListener("click", function (e) {
    var go = e.target.closest(".goto");
    if (!go) return;
    e.preventDefault();
    light(keyAt(go));
    var first = pieces(keyAt(go))[0];
    if (first) reveal(first);
  });

  // From the source to the field.

  source.addEventListener("click", function (e) {
    var piece = e.target.closest("[data-of]");
    if (!piece || String(getSelection()) !== "") return;
    var keys = piece.dataset.of.split(" ");
    while (keys.length) {
      var field = side.querySelector('[data-shows="' + CSS.escape(keys.pop()) + '"]');
      if (field) { enter(field); return; }
    }
  });

  function enter(field) {
    for (var d = field.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    var to = field.matches(".topic") ? field.querySelector("h3")
      : field.matches("li, [tabindex]") ? field.querySelector("summary") || field
      : field.querySelector("input, textarea");
    field.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    to.focus({ preventScroll: true });
  }

  // From a selection in the source into a field.

  var pick = document.getElementById("pick");
  var selected = null; // the words, and where they begin and end, in bytes

  function bytes(s) { return new TextEncoder().encode(s).length; }

  function selection() {
    var s = getSelection();
    if (!s.rangeCount || s.isCollapsed || !source.contains(s.anchorNode) || !source.contains(s.focusNode)) return null;
    var r = s.getRangeAt(0), before = document.createRange();
    before.setStart(source, 0);
    before.setEnd(r.startContainer, r.startOffset);
    var text = r.toString(), words = text.trim();
    if (!words) return null;
    var begin = bytes(before.toString() + text.slice(0, text.indexOf(words)));
    return { words: words, begin: begin, end: begin + bytes(words) };
  }

  function typable(n) { return n.matches("textarea, input:not([type]), input[type=text]") && n.name !== "words"; }

  if (pick) {
    document.addEventListener("selectionchange", function () {
      selected = selection();
      pick.hidden = !selected;
      pick.querySelector("[data-pick=field]").hidden = !into;
    });
    pick.addEventListener("mousedown", function (e) { e.preventDefault(); });
    pick.addEventListener("click", function (e) {
      var button = e.target.closest("[data-pick]"), what = selected;
      if (!button || !what) return;
      if (button.dataset.pick === "topic") asTopic(what); else asField(what);
      getSelection().removeAllRanges();
    });
    side.addEventListener("focusin", function (e) { if (typable(e.target)) into = e.target; });
  }

  function asTopic(what) {
    var form = document.getElementById("form-add");
    form.elements.words.value = what.words;
    form.elements.begin.value = what.begin;
    form.elements.end.value = what.end;
    document.getElementById("add").open = true;
    form.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    form.elements.words.focus({ preventScroll: true });
  }

  function asField(what) {
    into.value = what.words.replace(/\s+/g, " ");
    into.dispatchEvent(new Event("input", { bubbles: true }));
    into.scrollIntoView({ block: "nearest" });
    into.focus({ preventScroll: true });
  }

  // What is typed and not saved.

  var sending = null;
  side.addEventListener("input", function (e) {
    var form = e.target.form;
    if (!form || form.method !== "post") return;
    form.classList.add("dirty");
    if (form.id === "form-add") form.elements.begin.value = form.elements.end.value = "";
  });
  side.addEventListener("submit", function (e) { sending = e.target; });
  window.addEventListener("beforeunload", function (e) {
    var lost = Array.from(document.querySelectorAll("form.dirty")).some(function (f) { return f !== sending; });
    sending = null;
    if (lost) e.preventDefault();
  });
  window.addEventListener("pageshow", function () { sending = null; });

  // An area takes in those below it.

  var areas = document.getElementById("areas");
  if (areas) areas.addEventListener("change", function (e) {
    var below = e.target.closest("li").querySelectorAll(":scope ul input");
    below.forEach(function (box) {
      if (box.dataset.own === undefined) box.dataset.own = box.disabled ? "no" : "yes";
      if (box.dataset.own === "no") return;
      box.checked = e.target.checked;
      box.disabled = e.target.checked;
    });
  });
})();
