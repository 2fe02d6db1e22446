"""The checker and the site's additions, as MkDocs hooks. All of it lives in ``convergence_docs.site``."""

from convergence_docs.site.plugin import ConvergencePlugin

_plugin = ConvergencePlugin()

on_startup = _plugin.on_startup
on_config = _plugin.on_config
on_files = _plugin.on_files
on_page_content = _plugin.on_page_content
on_env = _plugin.on_env
on_page_context = _plugin.on_page_context
on_post_page = _plugin.on_post_page
on_post_template = _plugin.on_post_template
on_post_build = _plugin.on_post_build
