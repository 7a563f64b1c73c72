"use strict";
// Before anything is drawn: the reader's own theme and size, if there are any.
(function (root) {
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("quire-theme"), size = Number(localStorage.getItem("quire-size"));
    if (/^(light|sepia|dark)$/.test(theme)) root.dataset.theme = theme;
    if (size >= -3 && size <= 6) root.dataset.size = size;
  } catch (e) { /* no storage: the defaults stay */ }
})(document.documentElement);
