using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.Engine.Pipelines;

/// <summary>Finds the operations that steps run.</summary>
internal static class StepOperations
{
    /// <summary>The operation as the step means it: where it names no model, and the pipeline's own model has such an operation, that one.</summary>
    public static string Spec(StepDefinition step, string modelName, Project project)
    {
        var name = OperationName.Parse(step.Operation);
        return name is { Package: null, Model: null, Operation: { } own } && modelName.Length > 0 && project.FindModel(modelName)?.Operations.Any(o => o.Name == own) == true
            ? $"{modelName}:{own}"
            : step.Operation;
    }

    /// <summary>The operation with the project that it is of, which can be an installed package.</summary>
    /// <exception cref="NameNotFoundException">There is no such operation.</exception>
    public static (Project Project, OperationDefinition Operation) Resolve(StepDefinition step, string modelName, Project project, EngineContext context)
    {
        var spec = Spec(step, modelName, project);
        var owner = OperationName.Parse(spec) is { Package: null, Operation: { } own } && project.Operations.Any(o => o.Name == own)
            ? project
            : Project.OpenFor(project.File.Path, spec, project.Packages == PackageSearch.None ? PythonFolders.Search(context) : project.Packages);
        return (owner, OperationResolver.Resolve(owner, spec));
    }
}
