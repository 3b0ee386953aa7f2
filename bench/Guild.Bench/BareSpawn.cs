using System.Runtime.InteropServices;
using System.Text;

namespace Guild.Bench;

/// <summary>The least that running a program can cost on Unix: posix_spawn and waitpid, and nothing else.</summary>
internal static unsafe partial class BareSpawn
{
    /// <summary>Runs a program without arguments and without an environment, and waits for it.</summary>
    internal static void Run(string path)
    {
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        fixed (byte* first = name)
        {
            byte** arguments = stackalloc byte*[2] { first, null };
            byte** environment = stackalloc byte*[1] { null };
            int processId;
            int status;
            if (posix_spawn(&processId, first, null, null, arguments, environment) != 0
                || waitpid(processId, &status, 0) != processId
                || status != 0)
            {
                throw new InvalidOperationException($"{path} could not be run.");
            }
        }
    }

    [LibraryImport("libc")]
    private static partial int posix_spawn(int* processId, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    private static partial int waitpid(int processId, int* status, int options);
}
