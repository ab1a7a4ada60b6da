// The tester's steps on the wiki's page "Dialog", as `inspect --script` takes them.
// step: Consent
document.querySelector('[data-act=consent]').click();
// step: Open
document.querySelector('[data-act=open]').click();
await new Promise(resolve => setTimeout(resolve, 50));
// step: Choose
document.querySelector('[data-act=choose]').click();
// step: Save
document.querySelector('[data-act=save]').click();
