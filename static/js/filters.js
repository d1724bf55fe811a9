// Readouts, publishers, proposals: a change of a filter asks at once, and unfilled fields stay out of the address. Without this file the
// form works by its button.
document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector('[data-filters]');
  if (!form) return;
  form.addEventListener('formdata', (event) => [...event.formData].forEach(([name, value]) => { if (value === '') event.formData.delete(name); }));
  form.addEventListener('change', () => form.requestSubmit());
});
