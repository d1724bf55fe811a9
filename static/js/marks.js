// Keys on a timeline: along its time from mark to mark, across it to the lane beside, Home and End, Enter opens, plus and minus
// narrow and widen the window, nought shows all. Each mark is told aloud and has a dashed ring; the event that stands beside
// the chart has a solid one. Drawn as density, what is travelled over are the months of the lanes, and Enter looks closer.
(() => {
  const plain = (text) => text.replace(/<b>.*?<\/b>/g, (title) => title.replace(/<br>/g, ' ')).replace(/,?<br>/g, ', ').replace(/<[^>]+>/g, '');
  const dated = (one) => (typeof one.x === 'string' ? one.x : one.y);

  const cells = (trace, curve) => trace.z.flatMap((row, r) => row.map((n, c) => {
    const upright = typeof trace.y[r] === 'string';
    const [lane, month] = upright ? [trace.meta.lanes[c], trace.y[r].slice(0, 7)] : [trace.meta.lanes[r], trace.x[c].slice(0, 7)];
    return n ? { curve, i: [r, c], x: trace.x[c], y: trace.y[r], lane, month, slug: '', text: `${lane}, ${month}: ${n}` } : null;
  })).filter(Boolean);
  const points = (trace, curve) => trace.x.map((x, i) => ({ curve, i, x, y: trace.y[i], lane: trace.name, slug: trace.customdata[i], text: trace.text[i] }));
  const marksOf = (el) => el.data.flatMap((trace, curve) => {
    if (trace.type === 'heatmap') return cells(trace, curve);
    return trace.mode === 'markers' && trace.text ? points(trace, curve) : [];
  }).filter((mark) => inside(el, mark)).sort((a, b) => (dated(a) < dated(b) ? -1 : dated(a) > dated(b) ? 1 : 0));

  const spot = (el, mark) => { const { xaxis, yaxis } = el._fullLayout; return [xaxis._offset + xaxis.d2p(mark.x), yaxis._offset + yaxis.d2p(mark.y)]; };
  const inside = (el, mark) => { const { xaxis, yaxis } = el._fullLayout; const [x, y] = spot(el, mark); return x >= xaxis._offset - 1 && x <= xaxis._offset + xaxis._length + 1 && y >= yaxis._offset - 1 && y <= yaxis._offset + yaxis._length + 1; };
  const ring = (el, mark, kind) => {
    el.querySelector(`.mark-ring.${kind}`)?.remove();
    if (!mark) return;
    const [x, y] = spot(el, mark); const at = document.createElement('span');
    at.className = `mark-ring ${kind}`;
    Object.assign(at.style, { left: `${x}px`, top: `${y}px`, width: '22px', height: '22px' });
    el.append(at);
  };

  // The window that the chart shows, made narrower or wider about a mark, as days.
  const DAY = 864e5;
  const day = (time) => new Date(time).toISOString().slice(0, 10);
  const zoomed = (el, mark, factor) => {
    const axis = el._fullLayout[typeof mark.x === 'string' ? 'xaxis' : 'yaxis'];
    const [from, to] = axis.range.map((end) => new Date(end).getTime()); const half = Math.max((to - from) * factor / 2, 15 * DAY);
    const middle = new Date(dated(mark)).getTime();
    return { after: day(middle - half), before: day(middle + half) };
  };
  const wanted = (detail) => document.dispatchEvent(new CustomEvent('windowwanted', { detail }));

  const beside = (marks, mark, step) => {
    const lanes = [...new Set(marks.map(({ lane }) => lane))].sort((a, b) => marks.find((m) => m.lane === a).order - marks.find((m) => m.lane === b).order);
    const lane = lanes[lanes.indexOf(mark.lane) + step]; const time = (one) => new Date(dated(one)).getTime();
    return marks.filter((one) => one.lane === lane).sort((a, b) => Math.abs(time(a) - time(mark)) - Math.abs(time(b) - time(mark)))[0] || mark;
  };

  const wire = (el) => {
    const box = el.closest('[data-figure]'); const live = box.querySelector('[data-live]');
    let at = null; let marks = [];
    const same = (a, b) => a && b && (a.slug ? a.slug === b.slug : a.lane === b.lane && a.month === b.month);
    const drawn = () => {
      marks = marksOf(el);
      const across = (one) => (typeof one.x === 'string' ? -one.y : one.x);
      marks.forEach((mark) => { mark.order = across(mark); });
      at = marks.find((mark) => same(mark, at)) || null;
      const open = document.querySelector('[data-at]')?.dataset.at;
      ring(el, at, 'travelling'); ring(el, open && marks.find(({ slug }) => slug === open), 'open');
      if (marks.length) el.tabIndex = 0; else el.removeAttribute('tabindex');
      el.setAttribute('role', marks.length ? 'application' : 'img');
    };
    const go = (mark) => {
      if (!mark) return;
      at = mark;
      ring(el, at, 'travelling');
      if (mark.slug) Plotly.Fx.hover(el, [{ curveNumber: mark.curve, pointNumber: mark.i }]);
      live.textContent = plain(mark.text);
    };
    const along = (step) => { const i = marks.indexOf(at); go(marks[Math.max(0, Math.min(marks.length - 1, i < 0 ? (step < 0 ? marks.length - 1 : 0) : i + step))]); };
    const open = () => {
      if (!at) return;
      if (at.slug) document.dispatchEvent(new CustomEvent('markchosen', { detail: at.slug }));
      else wanted({ after: at.month, before: at.month });
    };
    el.setAttribute('aria-describedby', `${el.id}-hint`);
    el.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !marks.length) return;
      const upright = typeof marks[0].x !== 'string';
      const [back, on, before, after] = upright ? ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] : ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
      const act = {
        [back]: () => along(-1), [on]: () => along(1), PageUp: () => along(-20), PageDown: () => along(20),
        [before]: () => go(at ? beside(marks, at, -1) : marks[0]), [after]: () => go(at ? beside(marks, at, 1) : marks[0]),
        Home: () => go(marks[0]), End: () => go(marks[marks.length - 1]), Enter: open,
        '+': () => at && wanted(zoomed(el, at, 0.5)), '-': () => at && wanted(zoomed(el, at, 2)), 0: () => wanted({ after: '', before: '' }),
        Escape: () => { at = null; ring(el, null, 'travelling'); Plotly.Fx.unhover(el); el.blur(); },
      }[event.key];
      if (act) { event.preventDefault(); act(); }
    });
    el.on('plotly_click', ({ points: [{ data, x }] }) => { if (data.type === 'heatmap') { const month = String(x).slice(0, 7); wanted({ after: month, before: month }); } });
    el.on('plotly_relayout', (change) => {
      const [from, to] = ['xaxis.range[0]', 'xaxis.range[1]'].map((end) => change[end]);
      if (from && to) wanted({ after: from.slice(0, 10), before: to.slice(0, 10) });
      else if (change['xaxis.autorange']) wanted({ after: '', before: '' });
    });
    return drawn;
  };

  const wired = new Map();
  document.addEventListener('chartdrawn', ({ detail: id }) => {
    const el = document.getElementById(id);
    if (id !== 'timeline') return;
    if (!wired.has(id)) wired.set(id, wire(el));
    wired.get(id)();
  });
  document.addEventListener('viewchange', () => wired.forEach((drawn) => drawn()));
})();
