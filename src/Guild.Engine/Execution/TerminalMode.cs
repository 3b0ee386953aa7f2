using System.Runtime.InteropServices;

namespace Guild.Engine.Execution;

/// <summary>
/// Puts the terminal into the mode that programs expect, lines with echo, and back. A shell that edits its own input, and the framework's console after
/// a key was read, leave it without both.
/// </summary>
internal sealed unsafe class TerminalMode : IDisposable
{
    private const int Now = 0;
    private readonly int _descriptor;
    private readonly byte[] _previous;

    private TerminalMode(int descriptor, byte[] previous)
    {
        _descriptor = descriptor;
        _previous = previous;
    }

    public void Dispose() => Set(_descriptor, _previous);

    /// <summary>Prepares the terminal, if standard input is one and we are in its foreground.</summary>
    /// <param name="descriptor">The descriptor of the terminal; 0 except in tests.</param>
    /// <returns>What puts the former mode back; null if nothing was changed.</returns>
    internal static TerminalMode? ForProgram(int descriptor = 0)
    {
        if (OperatingSystem.IsWindows() || Posix.isatty(descriptor) == 0 || IsInBackground(descriptor))
        {
            return null;
        }

        var previous = new byte[Posix.OpaqueSize];
        fixed (byte* mode = previous)
        {
            if (Posix.tcgetattr(descriptor, mode) != 0)
            {
                return null;
            }
        }

        var wanted = (byte[])previous.Clone();
        if (OperatingSystem.IsMacOS())
        {
            // ICRNL; OPOST and ONLCR; ECHOE, ECHOK, ECHO, ISIG, ICANON and IEXTEN, in words of eight bytes.
            Add<ulong>(wanted, 0x100, 0x3, 0x2 | 0x4 | 0x8 | 0x80 | 0x100 | 0x400);
        }
        else
        {
            // ICRNL; OPOST and ONLCR; ISIG, ICANON, ECHO, ECHOE, ECHOK and IEXTEN, in words of four bytes.
            Add<uint>(wanted, 0x100, 0x5, 0x1 | 0x2 | 0x8 | 0x10 | 0x20 | 0x8000);
        }

        if (wanted.AsSpan().SequenceEqual(previous))
        {
            return null;
        }

        Set(descriptor, wanted);
        return new TerminalMode(descriptor, previous);
    }

    // A process in the background that changes the mode would be stopped by the terminal. A terminal that is not ours has no background.
    private static bool IsInBackground(int descriptor)
    {
        var foreground = Posix.tcgetpgrp(descriptor);
        return foreground >= 0 && foreground != Posix.getpgid(0);
    }

    // The flags for input, output, control and local matters are the first four words of the structure.
    private static void Add<T>(byte[] mode, T input, T output, T local)
        where T : unmanaged, System.Numerics.IBitwiseOperators<T, T, T>
    {
        var flags = MemoryMarshal.Cast<byte, T>(mode.AsSpan());
        flags[0] |= input;
        flags[1] |= output;
        flags[3] |= local;
    }

    private static void Set(int descriptor, byte[] mode)
    {
        fixed (byte* start = mode)
        {
            _ = Posix.tcsetattr(descriptor, Now, start);
        }
    }
}
