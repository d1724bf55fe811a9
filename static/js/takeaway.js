// What a reader takes away: links and code copied by [data-copy="link|ADDRESS|#FIELD"], pictures saved as files. Told in
// the [data-said] of the box, [data-share] or [data-tools], that the button stands in.
const TakeAway = (() => {
  const told = (button) => { const said = button.closest('[data-share], [data-tools]')?.querySelector('[data-said]'); return (word) => { if (said) said.textContent = said.dataset[word]; }; };

  const save = (blob, file) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob); link.download = file; link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const asPng = async (svg, width, height) => {
    const image = new Image(); const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    try {
      image.src = address; await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = width * 2; canvas.height = height * 2;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => { canvas.toBlob(done, 'image/png'); });
    } finally { URL.revokeObjectURL(address); }
  };

  // An SVG that stands alone, as a file of either form.
  const picture = async ({ text, width, height }, form, name) => save(form === 'svg' ? new Blob([text], { type: 'image/svg+xml' }) : await asPng(text, width, height), `peace-tracker-${name}.${form}`);

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const asked = button.dataset.copy; const say = told(button);
    try {
      await navigator.clipboard.writeText(asked === 'link' ? location.href : asked.startsWith('#') ? document.querySelector(asked).value : new URL(asked, location.href).href);
      say('copied');
    } catch { say('failed'); }
  });

  return { picture, told };
})();
