using System.Runtime.InteropServices;
using System.Text;

namespace Guild.Engine.Execution;

/// <summary>Texts as the C library wants them: UTF-8 with a closing zero, and lists of such with a closing null.</summary>
internal sealed unsafe class NativeText : IDisposable
{
    private readonly List<nint> _blocks = [];

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
    }

    internal byte* Text(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        var bytes = (byte*)Allocate(size + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, size));
        bytes[size] = 0;
        return bytes;
    }

    internal byte** List(IReadOnlyCollection<string> texts)
    {
        var list = (byte**)Allocate((texts.Count + 1) * sizeof(byte*));
        var index = 0;
        foreach (var text in texts)
        {
            list[index++] = Text(text);
        }

        list[index] = null;
        return list;
    }

    private void* Allocate(int size)
    {
        var block = NativeMemory.Alloc((nuint)size);
        _blocks.Add((nint)block);
        return block;
    }
}
