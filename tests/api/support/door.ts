import { buildApp, type AppOptions } from '../../../api/app.ts';
import type { Api } from '../../../api/route.ts';
import type { Services } from '../../../api/services/services.ts';
import { noteAnswers } from './answers-described.ts';

export const publicUrl = 'http://kurator.test';

type DoorOptions = Omit<Partial<AppOptions>, 'services' | 'signIn'> & {
  services?: Partial<Services>;
  /** What the sign-in library answers. */
  handle?: AppOptions['signIn']['handle'];
  attempts?: AppOptions['signIn']['attempts'];
};

/** The application with nothing behind it but what is given; closing it checks that its document describes each answer. */
export async function openDoor({ services = {}, handle, attempts, ...options }: DoorOptions = {}): Promise<Api> {
  const answers = noteAnswers();
  const app = await buildApp({
    publicUrl,
    pages: '/nonexistent',
    onRoute: answers.onRoute,
    services: services as Services,
    signIn: {
      handle: handle ?? (() => Promise.reject(new Error('not called'))),
      attempts: attempts ?? { begin: () => Promise.resolve({ allowed: true }), end: () => Promise.resolve() },
      origin: publicUrl,
      clientAddressHeader: 'x',
    },
    ...options,
  });
  app.addHook('onClose', async () => answers.checkDescribed(app));
  return app;
}
