using System.Runtime.InteropServices;
using System.Text;

namespace Guild.Engine.Execution;

/// <summary>Texts as the C library wants them: UTF-8 with a closing zero, and lists of such with a closing null.</summary>
internal sealed unsafe class NativeText : IDisposable
{
    // Each block begins with the address of the one before it.
    private void** _last;

    public void Dispose()
    {
        while (_last is not null)
        {
            var block = _last;
            _last = (void**)*block;
            NativeMemory.Free(block);
        }
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
        var block = (void**)NativeMemory.Alloc((nuint)(sizeof(void*) + size));
        *block = _last;
        _last = block;
        return block + 1;
    }
}
