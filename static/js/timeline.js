// The timeline follows its filters, its brush and the chosen event: inplace.js brings the page of the new state, this file draws
// the figure anew where it changed. Everything can be read without it: a form, a table and links.
document.addEventListener('DOMContentLoaded', () => {
  const box = document.querySelector('[data-figure="timeline"]');
  document.addEventListener('viewchange', ({ detail: page }) => {
    const next = page.querySelector('[data-figure="timeline"]');
    if (!next || next.dataset.src === box.dataset.src) return;
    box.dataset.src = next.dataset.src;
    Tracker.figures.get('timeline').load();
  });
  document.addEventListener('markchosen', ({ detail: slug }) => {
    const address = new URL(location.href);
    address.searchParams.set('at', slug);
    document.dispatchEvent(new CustomEvent('viewwanted', { detail: address.pathname + address.search }));
  });
});
