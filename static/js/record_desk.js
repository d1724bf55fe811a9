/* The record's forms: lists keep the order in which they were chosen, and select2's fields are called as their labels. */
(function () {
  "use strict";
  function labelOf(select) {
    var label = select.id && document.querySelector('label[for="' + select.id + '"]');
    return select.getAttribute("aria-label") || (label && label.textContent.replace(/:\s*$/, "")) || select.name;
  }
  function name(select) {
    var box = select.nextElementSibling;
    if (!box || !box.classList.contains("select2")) { return; }
    box.querySelectorAll(".select2-selection, .select2-search__field").forEach(function (part) {
      part.setAttribute("aria-label", labelOf(select));
      part.removeAttribute("aria-labelledby");
    });
    box.querySelectorAll("span.select2-selection__rendered").forEach(function (shown) { shown.setAttribute("aria-label", labelOf(select)); });
    box.querySelectorAll("ul.select2-selection__rendered").forEach(function (list) { list.setAttribute("role", "none"); });
  }
  function nameAll() {
    document.querySelectorAll("select.admin-autocomplete").forEach(name);
    document.querySelectorAll("th.original:empty").forEach(function (head) {
      var text = document.createElement("span");
      text.className = "visually-hidden";
      text.textContent = "#";
      head.append(text);
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    var $ = window.django.jQuery;
    // What was taken out and is added again goes last.
    $(document).on("select2:select", "select.admin-autocomplete[multiple]", function (event) {
      var chosen = String(event.params.data.id);
      Array.prototype.filter.call(this.options, function (option) { return option.value === chosen; })
        .forEach(function (option) { option.parentNode.append(option); });
      $(this).trigger("change");
    });
    $(document).on("change", "select.admin-autocomplete", function () { window.setTimeout(name, 0, this); });
    // A form that was refused opens at the first field that has to be mended.
    var refused = document.querySelector(".form-row .errorlist, .inline-related .errorlist, td .errorlist");
    var row = refused && refused.closest(".form-row, tr, .inline-related");
    var field = row && row.querySelector("input:not([type=hidden]), select:not(.admin-autocomplete), textarea, .select2-selection");
    if (field) { field.focus(); }
    document.addEventListener("formset:added", function () { window.setTimeout(nameAll, 0); });
    window.setTimeout(nameAll, 0);
  });
})();
