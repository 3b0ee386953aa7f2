using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Resources;

/// <summary>Says where in the run directory an input goes. The result never leads out of it, whatever names and rules say.</summary>
internal static class RenameStep
{
    /// <summary>The path in the run directory, with <c>/</c> between its parts. Raises <see cref="ResourceException"/>.</summary>
    public static string Run(SourceRequest request, AcquiredSource acquired, SelectedInput input)
    {
        var (folder, name) = (Folder(request, acquired, input), Renamed(request, input.BaseName));
        var separators = OperatingSystem.IsWindows() ? new[] { '/', '\\' } : ['/'];
        var parts = $"{folder}/{name}".Split(separators, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        if (Path.IsPathRooted(folder) || Path.IsPathRooted(name) || parts.Length == 0 || parts.Contains(".."))
        {
            throw request.Fail(
                $"its target '{Path.Join(folder, name)}' lies outside the run directory.",
                "Use relative paths without '..' in 'target-path' and 'rename' of the Guild file.");
        }

        if (parts[0].Equals(".guild", StringComparison.OrdinalIgnoreCase))
        {
            throw request.Fail(
                $"its target '{string.Join('/', parts)}' lies in the run's own record.",
                "Give it another 'target-path' or name in the Guild file.");
        }

        return string.Join('/', parts);
    }

    private static string Folder(SourceRequest request, AcquiredSource acquired, SelectedInput input)
    {
        if (!request.Source.PreservesPath)
        {
            return request.Source.TargetPath ?? request.Resource.Definition.TargetPath ?? "";
        }

        // Files of the project keep the folder that they have there; others the one that they have in what they were selected from.
        var folder = Path.GetDirectoryName(input.FullPath)!;
        var inProject = Path.GetRelativePath(request.Resource.Location, folder).Replace(Path.DirectorySeparatorChar, '/');
        var isOfProject = acquired.Run is null && input.Archive is null && !acquired.IsMade && request.Substitute is null && request.Source.Kind != SourceKind.Url
            && inProject != ".." && !inProject.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(inProject);
        var inSource = input.Path.Contains('/', StringComparison.Ordinal) ? input.Path[..input.Path.LastIndexOf('/')] : "";
        return isOfProject ? inProject : inSource;
    }

    private static string Renamed(SourceRequest request, string name)
    {
        foreach (var rule in request.Source.Rename)
        {
            var renamed = Apply(request, rule, name);
            if (renamed != name)
            {
                return renamed;
            }
        }

        return name;
    }

    private static string Apply(SourceRequest request, RenameDefinition rule, string name)
    {
        var (pattern, replacement) = (request.Resolve(rule.Pattern), request.Resolve(rule.Replacement));
        try
        {
            var regex = PythonRegex.Translate(pattern);
            return regex.Replace(name, PythonRegex.TranslateReplacement(replacement, regex), count: 1);
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            throw request.Fail(
                $"'{name}' cannot be renamed by '{pattern}' to '{replacement}': {error.Message}", "Correct 'rename' in the Guild file.", error);
        }
    }
}
