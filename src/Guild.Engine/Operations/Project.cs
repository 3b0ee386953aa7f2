using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>A folder with a Guild file, read: the models that it declares and how their names resolve.</summary>
public sealed class Project
{
    private Project(GuildFile file)
    {
        File = file;
    }

    /// <summary>The Guild file.</summary>
    public GuildFile File { get; }

    /// <summary>The absolute path of the project's folder.</summary>
    public string Directory => File.Directory;

    /// <summary>The models, in file order.</summary>
    public IReadOnlyList<ModelDefinition> Models => File.Models;

    /// <summary>Every operation of every model, ordered by model and then by name.</summary>
    public IEnumerable<OperationDefinition> Operations => Models.SelectMany(m => m.Operations);

    /// <summary>The model that is meant when none is named, or null if there is no such model.</summary>
    public ModelDefinition? DefaultModel => Models.FirstOrDefault(m => m.IsDefault);

    /// <summary>Reads the Guild file of a folder, or the Guild file itself.</summary>
    /// <param name="directoryOrFile">An absolute path.</param>
    /// <param name="packages">Where packages are looked for that the file includes or inherits from; null for nowhere.</param>
    /// <exception cref="GuildFileNotFoundException">There is no Guild file.</exception>
    /// <exception cref="GuildFileException">The Guild file has errors.</exception>
    public static Project Open(string directoryOrFile, PackageSearch? packages = null) => ProjectCache.Open(directoryOrFile, packages ?? PackageSearch.None);

    /// <summary>Makes a project of a Guild file that has been read already.</summary>
    public static Project FromFile(GuildFile file) => new(file);

    /// <summary>The model of that name, or null.</summary>
    public ModelDefinition? FindModel(string name) => Models.FirstOrDefault(m => m.Name == name);

    /// <summary>The model that an operation belongs to.</summary>
    public ModelDefinition ModelOf(OperationDefinition operation) => FindModel(operation.ModelName)
        ?? throw new InvalidOperationException($"Operation '{operation.FullName}' is not of this project.");
}
