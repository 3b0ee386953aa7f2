using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.PowerShell.Views;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for the names that a Guild file defines. Private ones are left out.</summary>
internal static class DefinitionOffers
{
    /// <summary>Operations with their models, and those of the default model also without.</summary>
    /// <param name="project">The project, or null.</param>
    /// <param name="packages">The installed packages whose operations are offered too.</param>
    public static IEnumerable<Offer> Operations(Project? project, IReadOnlyList<Project>? packages = null) =>
        (packages ?? []).Prepend(project).OfType<Project>().SelectMany(p => Open(p.Operations).Select(o => new Offer(p.NameOf(o), ViewText.FirstLine(o.Description))))
            .Concat(project?.DefaultModel is { Name.Length: > 0 } model ? Open(model.Operations).Select(o => new Offer(o.Name, ViewText.FirstLine(o.Description))) : []);

    /// <summary>Models.</summary>
    public static IEnumerable<Offer> Models(Project? project) => Named(project).Select(OfModel);

    /// <summary>Models that can be trained.</summary>
    public static IEnumerable<Offer> TrainedModels(Project? project) => Named(project).Where(m => m.Operations.Any(o => o.Name == "train")).Select(OfModel);

    /// <summary>Resources.</summary>
    public static IEnumerable<Offer> Resources(Project? project) => (project?.Models ?? [])
        .SelectMany(m => m.Resources.Where(r => !r.IsPrivate).Select(r => (Model: m.Name, Resource: r)))
        .SelectMany(r => Names(r.Model, r.Resource.Name).Select(name => new Offer(name, ViewText.FirstLine(r.Resource.Description))))
        .DistinctBy(o => o.Word);

    private static string[] Names(string model, string name) => model.Length == 0 ? [name] : [name, $"{model}:{name}"];

    private static Offer OfModel(ModelDefinition model) => new(model.Name, ViewText.FirstLine(model.Description));

    private static IEnumerable<ModelDefinition> Named(Project? project) => (project?.Models ?? []).Where(m => m.Name.Length > 0 && !m.Name.StartsWith('_'));

    private static IEnumerable<OperationDefinition> Open(IEnumerable<OperationDefinition> operations) => operations.Where(o => !o.Name.StartsWith('_'));
}
