import variant from '@jitl/quickjs-singlefile-browser-release-sync';
import guest from 'virtual:validation-guest';
import { createQuickJsEngine } from '../src/validation/engine-quickjs.ts';
import { serve } from '../src/validation/serve.ts';

serve(self, createQuickJsEngine({ guest, variant }));
