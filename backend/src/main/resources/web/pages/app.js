import { initAll } from './govuk-frontend.min.js'
// what was typed goes along into the other language: kept until that page is there, and nothing that is secret
const KEPT = 'typed'
const typed = form => [...form.elements].filter(e => e.name && !['hidden', 'password', 'file', 'submit', 'button'].includes(e.type))
for (const link of document.querySelectorAll('.app-header__lang a')) {
  link.addEventListener('click', () => {
    const forms = [...document.querySelectorAll('main form')].map(f => [f.getAttribute('action'), typed(f).map(e => [e.name, e.value, e.checked])])
    try { sessionStorage.setItem(KEPT, JSON.stringify(forms)) } catch { /* the link works without */ }
  })
}
// when every script is there, so that the one that saves while somebody types hears of it
addEventListener('DOMContentLoaded', () => {
  let kept = null
  try {
    kept = sessionStorage.getItem(KEPT)
    sessionStorage.removeItem(KEPT)
  } catch { /* a browser without room keeps nothing */ }
  for (const [action, fields] of JSON.parse(kept || '[]')) {
    const form = [...document.querySelectorAll('main form')].find(f => f.getAttribute('action') === action)
    const there = form ? typed(form) : [], chosen = e => ['checkbox', 'radio'].includes(e.type)
    for (const [name, value, checked] of fields) {
      const field = there.find(e => e.name === name && (!chosen(e) || e.value === value))
      if (field && chosen(field)) field.checked = checked
      else if (field) field.value = value
      if (field) field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }
})
// what is only for script shows from here on; before, the page is whole without
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
// a page from the browser's memory might show what somebody signed out of
addEventListener('pageshow', e => { if (e.persisted) location.reload() })
if ('serviceWorker' in navigator && document.querySelector('link[rel=manifest]')) navigator.serviceWorker.register('/sw.js')
// a file that is too large is told before it is on its way: on a poor line that is minutes
for (const input of document.querySelectorAll('input[type=file][data-most-bytes]')) {
  input.addEventListener('change', () => {
    const old = document.getElementById(input.id + '-error')
    if (old) old.remove()
    const large = [...input.files].some(f => f.size > Number(input.dataset.mostBytes))
    input.closest('.govuk-form-group').classList.toggle('govuk-form-group--error', large)
    if (!large) return
    input.value = ''
    const said = document.createElement('p')
    said.id = input.id + '-error'
    said.className = 'govuk-error-message'
    said.setAttribute('role', 'alert')
    said.textContent = input.dataset.tooLarge
    input.before(said)
  })
}
// what is still going on is looked at again; without script there is a link
const going = document.querySelector('[data-going]')
async function lookAgain() {
  const answer = await fetch(location.href).catch(() => null)
  const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(going.id)
  if (fresh && !fresh.hasAttribute('data-going')) return location.reload()
  if (fresh) going.innerHTML = fresh.innerHTML
  setTimeout(lookAgain, 3000)
}
if (going) setTimeout(lookAgain, 2000)
