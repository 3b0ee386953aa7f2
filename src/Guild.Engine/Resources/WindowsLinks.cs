using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Resources;

/// <summary>
/// Links that need no right on Windows: a hard link for a file, a junction for a folder. Both must stay on local disks, a hard link
/// on one volume. (https://learn.microsoft.com/windows/win32/fileio/hard-links-and-junctions)
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsLinks
{
    private const uint GenericWrite = 0x40000000;
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint BackupSemanticsAndReparsePoint = 0x02200000;
    private const uint SetReparsePoint = 0x000900A4;
    private const uint MountPointTag = 0xA0000003;

    /// <summary>Makes the link; false if the file system cannot.</summary>
    public static bool TryCreate(string source, string target) =>
        Directory.Exists(source) ? TryCreateJunction(source, target) : CreateHardLink(target, source, 0);

    private static bool TryCreateJunction(string source, string target)
    {
        Directory.CreateDirectory(target);
        using var folder = CreateFile(target, GenericWrite, ShareAll, 0, OpenExisting, BackupSemanticsAndReparsePoint, 0);
        var data = MountPoint(source);
        if (!folder.IsInvalid && DeviceIoControl(folder, SetReparsePoint, data, data.Length, 0, 0, out _, 0))
        {
            return true;
        }

        folder.Dispose();
        Directory.Delete(target);
        return false;
    }

    // REPARSE_DATA_BUFFER of a mount point: the name for the system, then the name for people, each with its terminator.
    private static byte[] MountPoint(string source)
    {
        var (system, shown) = (Encoding.Unicode.GetBytes($@"\??\{source}"), Encoding.Unicode.GetBytes(source));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(MountPointTag);
        writer.Write((ushort)(12 + system.Length + shown.Length));
        writer.Write((ushort)0);
        writer.Write((ushort)0);
        writer.Write((ushort)system.Length);
        writer.Write((ushort)(system.Length + 2));
        writer.Write((ushort)shown.Length);
        writer.Write(system);
        writer.Write((ushort)0);
        writer.Write(shown);
        writer.Write((ushort)0);
        return stream.ToArray();
    }

    [LibraryImport("kernel32.dll", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string link, string existing, nint security);

    [LibraryImport("kernel32.dll", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    private static partial SafeFileHandle CreateFile(
        string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool DeviceIoControl(
        SafeFileHandle device, uint code, byte[] input, int inputSize, nint output, int outputSize, out int returned, nint overlapped);
}
