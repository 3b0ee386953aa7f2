using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>
/// Finds the operation that a name means. Operation names are exact; a model may be named by a unique part of its name.
/// </summary>
public static class OperationResolver
{
    /// <summary>Finds the operation of a project that a name means.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">The name, as in <c>train</c>, <c>mlp:train</c> or <c>pkg/mlp:train</c>; empty for the default operation.</param>
    /// <exception cref="NameNotFoundException">Nothing has that name; carries what exists, nearest first.</exception>
    /// <exception cref="AmbiguousNameException">More than one operation could be meant.</exception>
    public static OperationDefinition Resolve(Project project, string name)
    {
        if (project.IsScript)
        {
            return project.Operations.Single();
        }

        var parsed = OperationName.Parse(name);
        if (parsed.Package is not null && !IsOf(project, parsed.Package))
        {
            throw PackageNotFound(project, name, parsed.Package);
        }

        if (parsed.Model is null)
        {
            return parsed.Operation is null ? DefaultOperation(project, name) : ByOperation(project, name, parsed.Operation);
        }

        var model = ResolveModel(project, parsed.Model, name);
        return parsed.Operation is null
            ? DefaultOf(model) ?? throw NotFound(project, name, $"Model '{model.Name}' has no default operation.", model.Operations)
            : model.Operations.FirstOrDefault(o => o.Name == parsed.Operation)
                ?? throw NotFound(project, name, $"Operation '{parsed.Operation}' is not defined for model '{model.Name}'.", model.Operations);
    }

    // Of a package's name a part is enough, if the package could be found by it.
    private static bool IsOf(Project project, string package) => project.Package is { } installed
        ? installed.IsNamed(package) || installed.Name.Contains(package, StringComparison.Ordinal)
        : package == project.File.Package?.Name;

    /// <summary>Finds the model that a name means: the exact name first, else the only one that contains it.</summary>
    /// <exception cref="NameNotFoundException">No model has that name.</exception>
    /// <exception cref="AmbiguousNameException">More than one model contains it.</exception>
    public static ModelDefinition ResolveModel(Project project, string name) => ResolveModel(project, name, name);

    private static ModelDefinition ResolveModel(Project project, string model, string given)
    {
        var exact = project.FindModel(model);
        if (exact is not null)
        {
            return exact;
        }

        var matches = model.Length == 0
            ? []
            : project.Models.Where(m => m.Name.Contains(model, StringComparison.Ordinal)).ToList();
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw new NameNotFoundException(
                NameKind.Model,
                given,
                $"There is no model '{model}' in '{project.File.Path}'." + List(NearestNames.Sort(model, project.Models.Select(m => m.Name))),
                NearestNames.Sort(model, project.Models.Select(m => m.Name)),
                "List the models with Get-GuildModel (guild models)."),
            _ => throw new AmbiguousNameException(
                NameKind.Model,
                given,
                $"'{model}' could mean more than one model." + List([.. matches.Select(m => m.Name)]),
                [.. matches.Select(m => m.Name)],
                "Write more of the model's name."),
        };
    }

    private static OperationDefinition ByOperation(Project project, string given, string operation)
    {
        var ofDefault = project.DefaultModel?.Operations.FirstOrDefault(o => o.Name == operation);
        if (ofDefault is not null)
        {
            return ofDefault;
        }

        // The anonymous model's operations are written without a model, so a bare name means them before any other's.
        var matches = project.Operations.Where(o => o.Name == operation).ToList();
        var anonymous = matches.Find(o => o.ModelName.Length == 0);
        if (anonymous is not null)
        {
            return anonymous;
        }

        return matches.Count switch
        {
            1 => matches[0],
            0 => throw NotFound(project, given, $"There is no operation '{operation}' in '{project.File.Path}'.", project.Operations),
            _ => throw new AmbiguousNameException(
                NameKind.Operation,
                given,
                $"More than one model has an operation '{operation}'." + List([.. matches.Select(o => o.FullName)]),
                [.. matches.Select(o => o.FullName)],
                "Name the model too, as in MODEL:OPERATION."),
        };
    }

    private static OperationDefinition DefaultOperation(Project project, string given)
    {
        var models = project.DefaultModel is { } model ? [model] : project.Models;
        var defaults = models.Select(DefaultOf).OfType<OperationDefinition>().ToList();
        return defaults.Count == 1
            ? defaults[0]
            : throw NotFound(project, given, "No operation was named, and the project has no default operation.", project.Operations);
    }

    private static OperationDefinition? DefaultOf(ModelDefinition model)
    {
        var marked = model.Operations.FirstOrDefault(o => o.IsDefault);
        if (marked is not null)
        {
            return marked;
        }

        var open = model.Operations.Where(o => !o.Name.StartsWith('_')).Take(2).ToList();
        return open.Count == 1 ? open[0] : null;
    }

    private static NameNotFoundException NotFound(Project project, string given, string message, IEnumerable<OperationDefinition> among)
    {
        var wanted = OperationName.Parse(given).Operation ?? given;
        var names = among.GroupBy(o => o.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var nearest = NearestNames.Sort(wanted, names.Keys).SelectMany(n => names[n]).Select(project.NameOf).ToList();
        var hint = nearest.Count == 0
            ? $"Declare an operation in '{project.File.Path}'."
            : "List the operations with Get-GuildOperation (guild operations).";
        return new NameNotFoundException(NameKind.Operation, given, message + List(nearest), nearest, hint);
    }

    private static NameNotFoundException PackageNotFound(Project project, string given, string package) => new(
        NameKind.Operation,
        given,
        $"There is no package '{package}' here." + List([.. project.Operations.Select(o => o.FullName)]),
        [.. project.Operations.Select(o => o.FullName)],
        "Leave the package out to name an operation of this project.");

    internal static string List(IReadOnlyList<string> names) => names.Count == 0
        ? ""
        : " There is: " + string.Join(", ", names.Take(12).Select(n => $"'{n}'")) + (names.Count > 12 ? ", …" : ".");
}
