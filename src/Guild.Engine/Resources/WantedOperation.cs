using System.Text.RegularExpressions;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>One of the operations whose runs a source of kind <c>operation</c> takes files from.</summary>
/// <param name="Package">The package, or null for any.</param>
/// <param name="Model">What the model's name must be, or null if none is named.</param>
/// <param name="Operation">What the operation's name must be.</param>
internal sealed partial record WantedOperation(string? Package, NamePattern? Model, NamePattern Operation)
{
    /// <summary>The references in the value of a source, which are apart by commas.</summary>
    public static string[] Split(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads one reference; null if it is none.</summary>
    /// <exception cref="ArgumentException">A pattern in it cannot be used.</exception>
    public static WantedOperation? Parse(string reference)
    {
        var match = Reference().Match(reference);
        return match.Success
            ? new WantedOperation(
                match.Groups["package"] is { Success: true, Value: var package } ? package : null,
                match.Groups["model"] is { Success: true, Value: var model } ? new NamePattern(model) : null,
                new NamePattern(match.Groups["operation"].Value))
            : null;
    }

    /// <summary>Whether a run of this reference will do.</summary>
    /// <param name="opRef">What the run is a run of.</param>
    /// <param name="ownModel">The model that is meant where none is named, or null for any.</param>
    public bool Matches(OpRef opRef, string? ownModel) =>
        (Package is null || (opRef.PackageType == OpRef.InstalledType && opRef.PackageName == Package))
        && (Model is not null ? Model.IsMatch(opRef.ModelName) : ownModel is null || ownModel == opRef.ModelName)
        && Operation.IsMatch(opRef.OperationName);

    [GeneratedRegex(@"\A(?:(?:(?<package>[^/]+)/)?(?<model>[^:]+):)?(?<operation>[^/:]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
