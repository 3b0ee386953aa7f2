namespace Guild.Engine.GuildFiles;

/// <summary>
/// The names of the attributes that one kind of item has: the one place where they are listed. What is not here is reported as unknown, what is asked for and not
/// here fails every test, and so does what is here and never asked for. The schema of Guild files is compared with it by a test.
/// </summary>
internal sealed class ItemAttributes
{
    private ItemAttributes(string kind, string[] names, params string[] oldNames)
    {
        Kind = kind;
        Names = names;
        OldNames = oldNames;
    }

    /// <summary>A model.</summary>
    public static ItemAttributes Model { get; } = new(
        "model",
        [
            "model", "description", "default", "extends", "params", "operations", "resources", "references", "extra", "plugins", "flags", "operation-defaults", "sourcecode",
            "python-requires", "default-target-type",
        ],
        "disabled-plugins",
        "disable-plugins");

    /// <summary>A package.</summary>
    public static ItemAttributes Package { get; } = new(
        "package",
        [
            "package", "description", "version", "url", "author", "author-email", "license", "tags", "python-tag", "data-files", "python-requires", "requires", "packages",
        ]);

    /// <summary>An include.</summary>
    public static ItemAttributes Include { get; } = new("include", ["include"]);

    /// <summary>An operation.</summary>
    public static ItemAttributes Operation { get; } = new(
        "operation",
        [
            "description", "default", "main", "exec", "steps", "notebook", "flags", "flags-dest", "flags-import", "flags-import-skip", "default-flag-arg-skip", "requires", "env",
            "env-secrets", "python-path", "python-requires", "stoppable", "handle-keyboard-interrupt", "pre-process", "label", "tags", "compare", "output-scalars", "objective",
            "delete-on-success", "sourcecode", "plugins", "pip-freeze", "run-attrs", "plugin-op", "flag-encoder", "remote", "set-trace", "output-attrs", "optimizer", "optimizers",
            "default-max-trials", "can-stage-trials", "publish",
        ],
        "cmd",
        "required",
        "label-template",
        "disabled-plugins",
        "disable-plugins");

    /// <summary>A flag.</summary>
    public static ItemAttributes Flag { get; } = new(
        "flag",
        [
            "description", "default", "type", "required", "secret", "alias", "arg-name", "arg-skip", "arg-switch", "arg-split", "arg-encoding", "env-name", "env-encoding", "choices",
            "allow-other", "null-label", "min", "max", "distribution",
        ],
        "value",
        "options");

    /// <summary>A choice of a flag.</summary>
    public static ItemAttributes Choice { get; } = new("choice", ["value", "description", "alias", "flags"], "args");

    /// <summary>A resource of a model.</summary>
    public static ItemAttributes Resource { get; } = new("resource", ["description", "sources", .. Target, "private", "default-unpack", "references", "preserve-path"]);

    /// <summary>A source of a resource.</summary>
    public static ItemAttributes Source { get; } = new("source", SourceNames);

    /// <summary>A requirement that names a resource.</summary>
    public static ItemAttributes NamedRequirement { get; } = new("namedRequirement", ["resource", "description"]);

    /// <summary>A requirement that is a resource of its own.</summary>
    public static ItemAttributes InlineResource { get; } = new("inlineResource", ["name", .. Resource.Names]);

    /// <summary>A requirement that is a source of its own.</summary>
    public static ItemAttributes InlineSource { get; } = new("inlineSource", ["description", .. SourceNames]);

    /// <summary>A rule by which files are renamed.</summary>
    public static ItemAttributes Rename { get; } = new("rename", ["pattern", "repl"]);

    /// <summary>Which files of the project are copied into a run.</summary>
    public static ItemAttributes SourceCode { get; } = new("sourceCode", ["select", "root", "digest", "dest"]);

    /// <summary>A rule for the files that are copied.</summary>
    public static ItemAttributes SourceCodeRule { get; } = new("sourceCodeRule", ["include", "exclude"]);

    /// <summary>An optimizer. Any other name is a flag of its algorithm.</summary>
    public static ItemAttributes Optimizer { get; } = new("optimizer", ["algorithm", "default"]);

    /// <summary>A step of a pipeline.</summary>
    public static ItemAttributes Step { get; } = new(
        "step",
        [
            "run", "name", "flags", "expect", "isolate-runs", "needed", "label", "tags", "force-flags", "force-sourcecode", "gpus", "no-gpus", "stop-after", "remote", "optimizer",
            "optimize", "opt-flags", "minimize", "maximize", "max-trials", "random-seed", "batch-label", "batch-tags", "fail-on-trial-error",
        ]);

    /// <summary>What is expected of a file of a step's run.</summary>
    public static ItemAttributes FileCheck { get; } = new("fileCheck", ["file", "compare-to", "contains"]);

    /// <summary>What is expected of the output of a step's run.</summary>
    public static ItemAttributes OutputCheck { get; } = new("outputCheck", ["output"]);

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<ItemAttributes> All { get; } =
    [
        Model, Package, Include, Operation, Flag, Choice, Resource, Source, NamedRequirement, InlineResource, InlineSource, Rename, SourceCode, SourceCodeRule,
        Optimizer, Step, FileCheck, OutputCheck,
    ];

    /// <summary>What the kind is called in the schema.</summary>
    public string Kind { get; }

    /// <summary>The attributes as they are called today.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Names that are read, and advised against.</summary>
    public IReadOnlyList<string> OldNames { get; }

    private static string[] Target => ["target-path", "path", "target-type"];

    private static string[] SourceNames =>
    [
        .. SourceBinder.TypeKeys, "name", "sha256", "unpack", "type", "select", "select-min", "select-max", "rename", "help", "post-process", .. Target, "replace-existing",
        "preserve-path", "warn-if-empty", "fail-if-empty", "optional", "always-resolve", "flag-name", "params",
    ];

    /// <summary>True if it has an attribute of this name, old or new.</summary>
    public bool Has(string name) => Contains(Names, name) || Contains(OldNames, name);

    // A loop, because each attribute of each item is looked up once, and there is nothing to compile for it.
    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
