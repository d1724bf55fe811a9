// The bar of the desk's lists closes by Esc and by a click beside it, as menus do; it opens without any script.
document.addEventListener('DOMContentLoaded', () => {
  const open = () => document.querySelector('.desk-bar details[open]');
  document.addEventListener('click', (event) => {
    const menu = open(); if (menu && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && open(); if (!menu) return;
    menu.open = false; menu.querySelector('summary').focus();
  });
});
