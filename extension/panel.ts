import '../src/record/lists.ts';
document.title;
