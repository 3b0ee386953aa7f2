using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Resources.Archives;

/// <summary>A file of an archive while it is written. Raises <see cref="ArchiveException"/> for what cannot be written.</summary>
internal sealed class WrittenFile : IDisposable
{
    // Files are shared by all runs that link to them, so none may write to them. Set-user-id and the like are of no use here.
    private const UnixFileMode ReadBits = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ExecuteBits = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly NewFile _file;
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private long _size;

    // The stream asks the system for its place each time that its handle is asked for.
    private WrittenFile(NewFile file, FileStream stream) => (_file, _stream, _handle) = (file, stream, stream.SafeFileHandle);

    /// <summary>Makes the file, where nothing is.</summary>
    public static WrittenFile Create(NewFile file)
    {
        // Nobody else knows the folder, so there is nobody to lock out.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = file.Mode is { } given ? (given & (ReadBits | ExecuteBits)) | UnixFileMode.UserRead : ReadBits;
            options.UnixCreateMode |= file.IsShared ? UnixFileMode.None : UnixFileMode.UserWrite;
        }

        try
        {
            return new WrittenFile(file, new FileStream(file.Path, options));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file.Name, error);
        }
    }

    /// <summary>An exception that says of an entry that the system does not let it be written.</summary>
    public static ArchiveException Unwritable(string name, Exception error) => new($"could not be written: {error.Message}", name, inner: error);

    /// <summary>Writes what follows.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        try
        {
            RandomAccess.Write(_handle, bytes, _size);
            _size += bytes.Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(_file.Name, error);
        }
    }

    /// <summary>Gives the file its time. One that no file can have is left to the system.</summary>
    public void Complete()
    {
        if (_file.Time.Year is < 1970 or >= 2400)
        {
            return;
        }

        try
        {
            File.SetLastWriteTimeUtc(_handle, _file.Time.UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(_file.Name, error);
        }
    }

    public void Dispose() => _stream.Dispose();
}
