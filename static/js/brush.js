// The brush under a chart: which months are shown. Its two ends, or the window moved as a whole, set the date fields of the
// filters and ask for the view anew. A chart asks for a window by the event “windowwanted” with {after, before}.
document.addEventListener('DOMContentLoaded', () => {
  const fields = () => ['after', 'before'].map((name) => document.querySelector(`[data-filters] [name="${name}"]`));
  const settle = (after, before) => {
    const [from, to] = fields(); const months = [...document.querySelectorAll('[data-brush] [data-month]')].map((bar) => bar.dataset.month);
    from.value = after.slice(0, 7) < months[0] ? '' : after; to.value = before.slice(0, 7) > months.at(-1) ? '' : before;
    from.form.requestSubmit();
  };

  const wire = () => {
    const holder = document.querySelector('[data-brush]');
    if (!holder || !holder.querySelector('[data-month]')) return;
    const bars = [...holder.querySelectorAll('[data-month]')]; const months = bars.map((bar) => bar.dataset.month);
    const [from, to] = ['from', 'to'].map((end) => holder.querySelector(`[data-brush-end="${end}"]`));
    const svg = holder.querySelector('svg'); const pane = holder.querySelector('[data-brush-window]');
    const place = () => {
      const a = Math.min(+from.value, +to.value - 1); const b = Math.max(+to.value, a + 1);
      pane.setAttribute('x', a / months.length * 1000); pane.setAttribute('width', (b - a) / months.length * 1000);
      bars.forEach((bar, i) => bar.classList.toggle('in', i >= a && i < b));
      [from, to].forEach((end, i) => end.setAttribute('aria-valuetext', months[i ? b - 1 : a]));
      return [a, b];
    };
    // A year means its first month at one end, its last at the other; what lies outside means the end itself.
    const at = (text, end) => (end ? months.filter((month) => month <= (text.length === 4 ? `${text}-12` : text.slice(0, 7))).length : Math.max(0, months.findIndex((month) => month >= (text.length === 4 ? `${text}-01` : text.slice(0, 7)))));
    const [after, before] = fields().map((field) => field.value);
    from.value = after ? at(after, false) : 0; to.value = before ? at(before, true) : months.length;
    place();
    const done = () => { const [a, b] = place(); settle(a > 0 ? months[a] : '', b < months.length ? months[b - 1] : ''); };
    [from, to].forEach((end) => { end.addEventListener('input', place); end.addEventListener('change', (event) => { event.stopPropagation(); done(); }); });

    // The window as a whole is drawn along with the pointer.
    let grip = null;
    const month = (event) => { const rect = svg.getBoundingClientRect(); return (event.clientX - rect.left) / rect.width * months.length; };
    svg.addEventListener('pointerdown', (event) => { const [a, b] = place(); if (b - a === months.length) return; grip = { a, b, x: month(event), moved: false }; svg.setPointerCapture(event.pointerId); });
    svg.addEventListener('pointermove', (event) => {
      if (!grip) return;
      const by = Math.max(-grip.a, Math.min(months.length - grip.b, Math.round(month(event) - grip.x)));
      grip.moved ||= by !== 0;
      from.value = grip.a + by; to.value = grip.b + by; place();
    });
    svg.addEventListener('pointerup', () => { const moved = grip?.moved; grip = null; if (moved) done(); });
  };

  wire();
  document.addEventListener('viewchange', wire);
  document.addEventListener('windowwanted', ({ detail: { after, before } }) => settle(after, before));
});
