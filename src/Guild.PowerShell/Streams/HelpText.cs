using System.Globalization;
using System.Text;
using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;

namespace Guild.PowerShell.Streams;

/// <summary>Writes help on a project, a model or an operation.</summary>
internal static class HelpText
{
    /// <summary>Help on what a name means: an operation, else a model; the project if there is no name.</summary>
    /// <exception cref="NameNotFoundException">It is neither an operation nor a model.</exception>
    public static GuildHelp Of(Project project, string? name)
    {
        var within = project.NameWithin(name ?? "");
        if (within.Length == 0)
        {
            return OfProject(project);
        }

        return project.FindModel(within) is { } model && !HasOperation(project, within) ? OfModel(project, model) : OfOperation(project, OperationResolver.Resolve(project, within));
    }

    /// <summary>True if help on a name has something to say of an operation, so that its flags are needed.</summary>
    public static bool IsAbout(Project project, string? name, OperationDefinition operation)
    {
        var within = project.NameWithin(name ?? "");
        if (within.Length == 0)
        {
            return true;
        }

        // Help on a model says nothing of flags, and a name that names nothing is reported by who writes the help.
        try
        {
            return !(project.FindModel(within) is not null && !HasOperation(project, within)) && OperationResolver.Resolve(project, within).FullName == operation.FullName;
        }
        catch (GuildException)
        {
            return false;
        }
    }

    /// <summary>Help on an operation.</summary>
    public static GuildHelp OfOperation(Project project, OperationDefinition operation)
    {
        var dependencies = Dependencies(project, operation);
        var name = project.NameOf(operation);
        string[] usage = [$"guild run [OPTIONS] {name} [FLAG]...", $"Invoke-GuildOperation {name} [-Flag @{{ NAME = VALUE; ... }}]"];
        var text = new StringBuilder($"Usage: {usage[0]}\n       {usage[1]}\n");
        AppendDescription(text, operation.Description);
        text.Append("\nUse 'guild run --help' for a list of options.\n");
        AppendEntries(text, "Dependencies", dependencies.Select(d => (d.Name, d.Description)));
        AppendFlags(text, operation);
        AppendEntries(text, "Steps", SearchHelp.Steps(operation));
        AppendEntries(text, "Optimizers (this version does not search yet)", SearchHelp.Optimizers(operation));
        text.Append(SearchHelp.Objective(operation) is { } objective ? $"\nObjective:\n  {objective}\n" : "");
        return new GuildHelp(name, "operation", operation.Description, text.ToString().TrimEnd())
        {
            Usage = usage,
            Dependencies = [.. dependencies],
            Steps = [.. (operation.Steps ?? []).Select(s => new GuildStep(s))],
            Optimizers = [.. operation.Optimizers.Select(o => new GuildOptimizer(o))],
            Flags = [.. operation.Flags.Select(f => new GuildFlag(f))],
        };
    }

    /// <summary>Help on a model.</summary>
    public static GuildHelp OfModel(Project project, ModelDefinition model)
    {
        var name = project.Package is null ? model.Name : $"{project.Package.Name}/{model.Name}";
        var prefix = name.Length == 0 || name.EndsWith('/') ? name : name + ":";
        var text = new StringBuilder($"Usage: guild run [OPTIONS] {prefix}OPERATION [FLAG]...\n");
        AppendDescription(text, model.Description);
        text.Append(CultureInfo.InvariantCulture, $"\nUse 'guild run {prefix}OPERATION --help-op' for help on a particular operation.\n");
        AppendEntries(text, "Operations", Open(model).Select(o => (o.Name, FirstLine(o.Description))));
        AppendEntries(text, "Resources", model.Resources.Where(r => !r.IsPrivate).Select(r => (r.Name, FirstLine(r.Description))));
        AppendEntries(text, "References", model.References.Select(r => (r, "")));
        return new GuildHelp(name, "model", model.Description, text.ToString().TrimEnd())
        {
            Operations = [.. Open(model).Select(o => new GuildOperation(project, o))],
        };
    }

    private static GuildHelp OfProject(Project project)
    {
        var package = project.File.Package;
        var (packageName, version) = project.Package is { } installed ? (installed.Name, installed.Version) : (package?.Name, package?.Version);
        var text = new StringBuilder("OVERVIEW\n");
        text.Append(CultureInfo.InvariantCulture, $"\n  Operations of '{project.Directory}'.\n  Run one with 'guild run OPERATION', or Invoke-GuildOperation OPERATION.\n");
        if (packageName is not null)
        {
            text.Append($"\n  Package {packageName} {version}".TrimEnd()).Append('\n').Append(Indented(package?.Description ?? "", 2));
        }

        foreach (var model in project.Models)
        {
            text.Append('\n').Append(model.Name.Length == 0 ? "BASE OPERATIONS" : $"MODEL {model.Name}{(model.IsDefault && project.Models.Count > 1 ? " (default)" : "")}").Append('\n');
            text.Append(model.Description.Length == 0 ? "" : "\n" + Indented(model.Description, 2));
            foreach (var operation in Open(model))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  {project.NameOf(operation)}\n").Append(Indented(operation.Description, 4));
                var inner = new StringBuilder();
                AppendEntries(inner, "Dependencies", Dependencies(project, operation).Select(d => (d.Name, d.Description)));
                AppendFlags(inner, operation);
                AppendEntries(inner, "Steps", SearchHelp.Steps(operation));
                text.Append(Indented(inner.ToString(), 4));
            }

            AppendEntries(text, "  References", model.References.Select(r => ("  " + r, "")));
        }

        return new GuildHelp(project.Directory, "project", package?.Description ?? "", text.ToString().TrimEnd())
        {
            Operations = [.. project.Models.SelectMany(Open).Select(o => new GuildOperation(project, o))],
        };
    }

    private static bool HasOperation(Project project, string name) => project.Operations.Any(o => o.Name == name || o.FullName == name);

    private static IEnumerable<OperationDefinition> Open(ModelDefinition model) => model.Operations.Where(o => !o.Name.StartsWith('_'));

    private static List<GuildHelpEntry> Dependencies(Project project, OperationDefinition operation)
    {
        var resources = RequiredResources.InProject(project.File, operation.ModelName);
        return [.. operation.Requires.Select(r =>
        {
            var definition = r.Inline ?? resources.GetValueOrDefault(r.Spec!);
            var description = r.Description.Length > 0 ? r.Description : definition?.Description ?? "";
            var sources = definition is null ? "" : string.Join(", ", definition.Sources.Select(s => s.Uri));
            var name = r.Spec ?? definition!.Name;
            return new GuildHelpEntry(name, description.Length > 0 ? FirstLine(description) : sources == name ? "" : sources);
        })];
    }

    private static void AppendFlags(StringBuilder text, OperationDefinition operation)
    {
        if (operation.Flags.Count == 0)
        {
            return;
        }

        var width = operation.Flags.Max(f => f.Name.Length) + 2;
        text.Append("\nFlags:\n");
        foreach (var flag in operation.Flags)
        {
            AppendFlag(text, operation, flag, width);
        }
    }

    private static void AppendFlag(StringBuilder text, OperationDefinition operation, FlagDefinition flag, int width)
    {
        var help = FlagHelp.Of(operation, flag);
        var rest = new string(' ', width + 2);
        text.Append("  ").Append(flag.Name.PadRight(width)).Append(help.Line).Append('\n');
        text.Append(help.Details.Length == 0 ? "" : Indented(help.Details, width + 2));
        var facts = new List<string>();
        Add(facts, flag.Type != FlagType.Auto, $"Type: {new GuildFlag(flag).Type}");
        Add(facts, flag.Minimum is not null || flag.Maximum is not null, Range(flag));
        Add(facts, help.Passing.Length > 0, $"Passed as: {help.Passing}");
        Add(facts, flag.ImportedFrom is not null, $"From: {flag.ImportedFrom}");
        text.Append(facts.Count == 0 ? "" : $"{rest}{string.Join("; ", facts)}\n");
        if (help.Choices.Count == 0)
        {
            return;
        }

        text.Append(rest).Append("Choices:\n");
        var choiceWidth = help.Choices.Max(c => c.Text.Length) + 2;
        foreach (var choice in help.Choices)
        {
            text.Append(rest).Append("  ").Append((choice.Text.PadRight(choiceWidth) + choice.Description).TrimEnd()).Append('\n');
        }
    }

    private static void Add(List<string> facts, bool condition, string fact)
    {
        if (condition)
        {
            facts.Add(fact);
        }
    }

    private static string Range(FlagDefinition flag) => (flag.Minimum, flag.Maximum) switch
    {
        ({ } low, { } high) => FormattableString.Invariant($"Range: {low} to {high}"),
        ({ } low, null) => FormattableString.Invariant($"Range: {low} or more"),
        (_, var high) => FormattableString.Invariant($"Range: {high} or less"),
    };

    private static void AppendEntries(StringBuilder text, string title, IEnumerable<(string Name, string Description)> entries)
    {
        var all = entries.ToList();
        if (all.Count == 0)
        {
            return;
        }

        var width = all.Max(e => e.Name.Length) + 2;
        text.Append('\n').Append(title).Append(":\n");
        foreach (var (name, description) in all)
        {
            text.Append("  ").Append((name.PadRight(width) + description).TrimEnd()).Append('\n');
        }
    }

    private static void AppendDescription(StringBuilder text, string description)
    {
        if (description.Length > 0)
        {
            text.Append('\n').Append(description.Trim()).Append('\n');
        }
    }

    private static string FirstLine(string text) => text.Trim().Split('\n', 2)[0].TrimEnd();

    private static string Indented(string text, int by) => text.Trim().Length == 0
        ? ""
        : string.Concat(text.Trim('\n').Split('\n').Select(l => l.Length == 0 ? "\n" : new string(' ', by) + l.TrimEnd() + "\n"));
}
