mw.user.options.set(mw.config.get('wgEmbeddedUserOptions') ?? {});
