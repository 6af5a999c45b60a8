import './style/layers.css';
import './style/mantine.css';
import '@mantine/spotlight/styles.layer.css';
import '../web/ui/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/lists.css';
import './style/composer.css';
import './style/customer.css';
import './style/calls.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
