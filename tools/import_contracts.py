"""A kind of import contract that lists what is allowed, not what is forbidden.

import-linter's own contracts name the forbidden. Where nearly everything is, a list of
what is allowed is shorter, and a module added next year is forbidden until somebody
thinks about it.
"""

from __future__ import annotations

from grimp import DetailedImport, ImportGraph
from importlinter.application import output
from importlinter.domain import fields
from importlinter.domain.contract import Contract, ContractCheck
from importlinter.domain.imports import Module


def _is_in(module: str, packages: set[str]) -> bool:
    """Whether ``module`` is one of ``packages`` or lies in one of them."""
    return any(module == name or module.startswith(f"{name}.") for name in packages)


class OnlyContract(Contract):
    """The source modules import, of what is judged, only what is allowed.

    Direct imports only. Names that do not exist (yet) match nothing and do no harm.

    Options:
        source_modules: packages whose imports are judged; within them all is allowed.
        allowed_modules: packages that they may import.
        judged_modules: packages that the contract is about; left out: about every one.
        exempt_modules: importers that are left alone.
    """

    type_name = "only"

    source_modules = fields.SetField(subfield=fields.ModuleField())
    allowed_modules = fields.SetField(subfield=fields.ModuleField(), required=False)
    judged_modules = fields.SetField(subfield=fields.ModuleField(), required=False)
    exempt_modules = fields.SetField(subfield=fields.ModuleField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001  import-linter's signature
        """Look at every import of the source modules, once."""
        sources = self._names("source_modules")
        importers = {name for name in graph.modules if _is_in(name, sources)}
        importers -= {
            name for name in importers if _is_in(name, self._names("exempt_modules"))
        }
        broken = [
            detail
            for importer in sorted(importers)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self._may_import(imported)
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        output.verbose_print(verbose, f"{len(importers)} importers judged")
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that is not allowed."""
        broken: list[DetailedImport] = check.metadata["broken"]
        for detail in broken:
            output.print_error(
                f"- {detail['importer']} -> {detail['imported']} "
                f"(l.{detail['line_number']}): {detail['line_contents']}",
                bold=False,
            )

    def _may_import(self, imported: str) -> bool:
        judged = self._names("judged_modules")
        if judged and not _is_in(imported, judged):
            return True
        allowed = self._names("source_modules") | self._names("allowed_modules")
        return _is_in(imported, allowed)

    def _names(self, option: str) -> set[str]:
        modules: set[Module] = getattr(self, option) or set()
        return {module.name for module in modules}
