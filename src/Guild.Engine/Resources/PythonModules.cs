using System.ComponentModel;
using System.Diagnostics;

namespace Guild.Engine.Resources;

/// <summary>Asks a Python interpreter whether it has a module, without importing the module itself.</summary>
public static class PythonModules
{
    // -I would hide the project's own modules, which PYTHONPATH may lead to.
    private const string Question =
        "import importlib.util, sys\n"
        + "try:\n"
        + "    found = importlib.util.find_spec(sys.argv[1]) is not None\n"
        + "except ModuleNotFoundError as error:\n"
        + "    sys.exit(str(error))\n"
        + "except (ImportError, ValueError) as error:\n"
        + "    sys.exit(str(error) or 'no module')\n"
        + "sys.exit(None if found else 'No module named ' + repr(sys.argv[1]))\n";

    /// <summary>Looks for a module: null if it is there, else what is wrong, as the end of a sentence.</summary>
    /// <param name="interpreter">The absolute path of the interpreter that the operation runs in.</param>
    /// <param name="environment">The whole environment to ask it in.</param>
    /// <param name="module">The module's name; with dots for one inside a package.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static string? Check(
        string interpreter, IReadOnlyDictionary<string, string> environment, string module, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var start = new ProcessStartInfo(interpreter, ["-c", Question, module])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var python = Process.Start(start);
            if (python is null)
            {
                return $"Python ('{interpreter}') could not be started.";
            }

            using var stop = cancellation.Register(() => python.Kill(entireProcessTree: true));
            python.StandardInput.Close();
            var output = python.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = python.StandardError.ReadToEnd();
            python.WaitForExit();
            output.GetAwaiter().GetResult();
            cancellation.ThrowIfCancellationRequested();
            return python.ExitCode == 0 ? null : $"{LastLine(errors)} ('{interpreter}').";
        }
        catch (Win32Exception error)
        {
            return $"Python ('{interpreter}') could not be started: {error.Message}.";
        }
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].TrimEnd('.', '\r');
}
