using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Guild.PowerShell.Tests.Conventions;

/// <summary>Reads what an assembly refers to without loading it.</summary>
internal sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader _reader;

    internal AssemblyMetadata(string path)
    {
        _reader = new PEReader(File.OpenRead(path));
        var metadata = _reader.GetMetadataReader();
        References = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    internal IReadOnlyList<string> References { get; }

    public void Dispose() => _reader.Dispose();
}
