// Helps with bringing a letter in: a file may be dropped, one that is too large
// is told before it is sent, and waiting is shown. The page works without this.
(function () {
  "use strict";
  document.documentElement.classList.add("scripted");
  var drop = document.getElementById("upload");

  function busy(form, on) {
    form.querySelector("[data-busy]").hidden = !on;
    form.querySelectorAll("button").forEach(function (b) { b.disabled = on; });
    if (on) form.setAttribute("data-still", ""); else form.removeAttribute("data-still");
  }

  document.querySelectorAll("form[action='/letters'][method=post]").forEach(function (form) {
    form.addEventListener("submit", function () { busy(form, true); });
    // A page that is gone back to is shown as it was left.
    window.addEventListener("pageshow", function () { busy(form, false); });
  });
  if (!drop) return;

  var file = drop.querySelector("input[type=file]"), over = drop.querySelector("[data-oversize]");

  function check() {
    var large = file.files.length > 0 && file.files[0].size > Number(drop.dataset.limit);
    over.hidden = !large;
    drop.querySelector("button").disabled = large;
    if (large) drop.setAttribute("data-still", ""); else drop.removeAttribute("data-still");
  }
  file.addEventListener("change", check);

  ["dragenter", "dragover"].forEach(function (kind) {
    drop.addEventListener(kind, function (e) { e.preventDefault(); drop.classList.add("over"); });
  });
  ["dragleave", "drop"].forEach(function (kind) {
    drop.addEventListener(kind, function (e) {
      if (kind === "drop" || !drop.contains(e.relatedTarget)) drop.classList.remove("over");
    });
  });
  drop.addEventListener("drop", function (e) {
    e.preventDefault();
    if (e.dataTransfer.files.length === 0) return;
    file.files = e.dataTransfer.files;
    check();
    drop.querySelector("button").focus();
  });
})();
