/* A list keeps the order in which its entries were chosen: what is chosen last goes last. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    window.django.jQuery(document).on("select2:select", "select.admin-autocomplete[multiple]", function (event) {
      var chosen = event.params.data.id;
      Array.prototype.filter.call(this.options, function (option) { return option.value === String(chosen); })
        .forEach(function (option) { option.parentNode.append(option); });
      window.django.jQuery(this).trigger("change");
    });
  });
})();
