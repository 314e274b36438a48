import { initAll } from './govuk-frontend.min.js'
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
