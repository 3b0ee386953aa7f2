using System.Collections.Concurrent;
using System.Diagnostics;

namespace Guild.Engine.Operations;

/// <summary>The folders in which a Python interpreter looks for packages.</summary>
internal static class PythonEnvironment
{
    // -E leaves out what PYTHONPATH adds, which changes from command to command while the rest does not.
    private const string Question = "import sys\nfor folder in sys.path:\n    if folder: sys.stdout.buffer.write(folder.encode('utf-8', 'surrogateescape') + b'\\n')\n";

    private const string VersionQuestion = "import sys\nprint('%d.%d.%d' % sys.version_info[:3])\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ConcurrentDictionary<(string Python, DateTime Time), IReadOnlyList<string>> Known = [];

    private static readonly ConcurrentDictionary<(string Python, DateTime Time, string Folder), string> Versions = [];

    public static IEnumerable<string> Folders(string python, EngineContext context) =>
        OfVirtualEnvironment(python) ?? Known.GetOrAdd((python, File.GetLastWriteTimeUtc(python)), _ => [.. Ask(python, Question, context).Where(Directory.Exists)]);

    /// <summary>The version that an interpreter says of itself, or <c>""</c> if it does not start.</summary>
    public static string Version(string python, EngineContext context) => Versions.GetOrAdd(
        (python, File.GetLastWriteTimeUtc(python), context.WorkingDirectory), _ => Ask(python, VersionQuestion, context).FirstOrDefault(""));

    // Where a virtual environment also has the packages of its base, only the interpreter knows which.
    private static IEnumerable<string>? OfVirtualEnvironment(string python)
    {
        var root = Path.GetDirectoryName(Path.GetDirectoryName(python));
        var settings = root is null ? null : Path.Combine(root, "pyvenv.cfg");
        return settings is null || !File.Exists(settings) || TakesSystemPackages(settings) ? null : SitePackages(root!).SelectMany(WithListed);
    }

    private static bool TakesSystemPackages(string settings) => Lines(settings)
        .Select(l => l.Split('=', 2, StringSplitOptions.TrimEntries))
        .Any(p => p is ["include-system-site-packages", var value] && value.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> SitePackages(string root)
    {
        if (OperatingSystem.IsWindows())
        {
            return [Path.Combine(root, "Lib", "site-packages")];
        }

        var library = Path.Combine(root, "lib");
        return Directory.Exists(library)
            ? Directory.EnumerateDirectories(library, "python*").Order(StringComparer.Ordinal).Select(f => Path.Combine(f, "site-packages")).Where(Directory.Exists)
            : [];
    }

    // A .pth file lists further folders, which is how packages under development are installed. Its lines that are programs are not run.
    private static IEnumerable<string> WithListed(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var listed = Directory.EnumerateFiles(folder, "*.pth")
            .Order(StringComparer.Ordinal)
            .SelectMany(Lines)
            .Concat(Directory.EnumerateFiles(folder, "*.egg-link").Order(StringComparer.Ordinal).SelectMany(f => Lines(f).Take(1)))
            .Select(l => l.Trim())
            .Where(l => l.Length > 0 && l[0] != '#' && !l.StartsWith("import ", StringComparison.Ordinal) && !l.StartsWith("import\t", StringComparison.Ordinal))
            .Select(l => Path.GetFullPath(l, folder))
            .Where(Directory.Exists);
        return [folder, .. listed];
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be read adds nothing, as in Python itself.
            return [];
        }
    }

    private static IReadOnlyList<string> Ask(string python, string question, EngineContext context)
    {
        var start = new ProcessStartInfo(python, ["-E", "-c", question])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = context.WorkingDirectory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in context.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return [];
            }

            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
            }

            _ = errors.GetAwaiter().GetResult();
            return [.. output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r'))];
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            // A Python that does not start is said when it is to run something.
            return [];
        }
    }
}
