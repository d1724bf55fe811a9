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
  const panel = document.querySelector('[data-panel]');
  if (!panel) return;
  // The chart has the whole width until an event stands beside it.
  const chart = document.getElementById('timeline');
  document.addEventListener('viewchange', () => { if (chart._fullLayout && chart.clientWidth !== chart._fullLayout.width) Tracker.figures.get('timeline').redraw(); });
  document.addEventListener('viewchange', () => { if (panel.querySelector('[data-at]') && matchMedia('(max-width: 1080px)').matches) panel.scrollIntoView({ block: 'nearest' }); });
  document.addEventListener('markchosen', ({ detail: slug }) => {
    const address = new URL(location.href);
    address.searchParams.set('at', slug);
    document.dispatchEvent(new CustomEvent('viewwanted', { detail: address.pathname + address.search }));
  });
});
