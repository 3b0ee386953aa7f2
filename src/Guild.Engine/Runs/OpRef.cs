using Guild.Engine.Text;

namespace Guild.Engine.Runs;

/// <summary>What a run is a run of, as the run keeps it: a package, a model and an operation. A part that is unknown is <c>""</c>.</summary>
/// <param name="PackageType">The kind of package: <c>guildfile</c>, <c>package</c>, <c>script</c>, <c>builtin</c>, …</param>
/// <param name="PackageName">For a Guild file its path, for a package its name, for a script its folder.</param>
/// <param name="PackageVersion">For a Guild file the MD5 of its text, for a package its version.</param>
/// <param name="ModelName">The model; <c>""</c> for the anonymous one.</param>
/// <param name="OperationName">The operation.</param>
public sealed record OpRef(string PackageType, string PackageName, string PackageVersion, string ModelName, string OperationName)
{
    /// <summary>The package type of operations that come with the tool itself, such as a batch.</summary>
    public const string BuiltinType = "builtin";

    /// <summary>The package type of operations of a Guild file.</summary>
    public const string GuildFileType = "guildfile";

    /// <summary>The package type of operations of an installed package.</summary>
    public const string InstalledType = "package";

    /// <summary>The package type of a script that was run without a Guild file.</summary>
    public const string ScriptType = "script";

    /// <summary>The name with its model: <c>mlp:train</c>, or <c>train</c> for the anonymous model.</summary>
    public string FullName => ModelName.Length == 0 ? OperationName : $"{ModelName}:{OperationName}";

    /// <summary>Reads the text of a run's reference, of today's form (shell words) or of 2018's (<c>?</c> for what is missing).</summary>
    /// <exception cref="FormatException">The text is not a reference.</exception>
    public static OpRef Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is not a reference of the form TYPE:NAME VERSION MODEL OPERATION.");

    /// <summary>Reads the text of a run's reference; null if it is none.</summary>
    public static OpRef? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Words(text.Trim()) is not [var package, var version, var model, var operation])
        {
            return null;
        }

        var colon = package.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || operation.Length == 0)
        {
            return null;
        }

        return new OpRef(package[..colon], Known(package[(colon + 1)..]), Known(version), Known(model), Known(operation));
    }

    /// <summary>The reference as the run keeps it: four shell words.</summary>
    public override string ToString() =>
        $"{ShellWords.Quote(PackageType)}:{ShellWords.Quote(PackageName)} {ShellWords.Quote(PackageVersion)} "
        + $"{ShellWords.Quote(ModelName)} {ShellWords.Quote(OperationName)}";

    // Records of 2018 are not quoted: their Windows paths hold bare backslashes, and their folders bare spaces, so the
    // three words at the end are taken first.
    private static IReadOnlyList<string> Words(string text)
    {
        if (text.AsSpan().ContainsAny('\'', '"'))
        {
            try
            {
                return ShellWords.Split(text);
            }
            catch (FormatException)
            {
                return [];
            }
        }

        var words = text.Split(' ');
        return words.Length <= 4 ? words : [string.Join(' ', words[..^3]), .. words[^3..]];
    }

    private static string Known(string word) => word == "?" ? "" : word;
}
