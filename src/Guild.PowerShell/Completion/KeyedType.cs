using System.Reflection;
using System.Reflection.Emit;

namespace Guild.PowerShell.Completion;

/// <summary>One key that a hashtable can have, and what its value is.</summary>
/// <param name="Name">The key.</param>
/// <param name="Value">The type of its value, which a tool tip shows.</param>
internal sealed record TableKey(string Name, Type Value);

/// <summary>
/// Types whose writable properties are the keys of a hashtable. From such a type of a parameter, and from nothing else, PowerShell completes keys inside a literal.
/// No value is ever made of one.
/// </summary>
internal static class KeyedType
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Type> Made = new(StringComparer.Ordinal);
    private static ModuleBuilder? _module;

    /// <summary>The type for some keys. The same keys give the same type again, because PowerShell keeps what it has once seen of a type for as long as the process lives.</summary>
    /// <param name="name">How a tool tip calls the type.</param>
    /// <param name="keys">The keys.</param>
    public static Type Of(string name, IReadOnlyList<TableKey> keys)
    {
        // Names of properties are compared without case.
        var distinct = keys.Where(k => k.Name.Length > 0).DistinctBy(k => k.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var identity = string.Join('\n', distinct.Select(k => $"{k.Value} {k.Name}").Prepend(name));
        lock (Gate)
        {
            if (!Made.TryGetValue(identity, out var type))
            {
                Made[identity] = type = Emit($"Guild.Keys{Made.Count}.{name}", distinct);
            }

            return type;
        }
    }

    private static Type Emit(string fullName, List<TableKey> keys)
    {
        _module ??= AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Guild.Keys"), AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("Guild.Keys");

        // PowerShell passes over types that it could not make.
        var type = _module.DefineType(fullName, TypeAttributes.Public | TypeAttributes.Class | TypeAttributes.Sealed);
        type.DefineDefaultConstructor(MethodAttributes.Public);
        foreach (var key in keys)
        {
            Emit(type, key);
        }

        return type.CreateType();
    }

    private static void Emit(TypeBuilder type, TableKey key)
    {
        const MethodAttributes Accessor = MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig;
        var field = type.DefineField($"_{key.Name}", key.Value, FieldAttributes.Private);

        var getter = type.DefineMethod($"get_{key.Name}", Accessor, key.Value, Type.EmptyTypes);
        var code = getter.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ret);

        var setter = type.DefineMethod($"set_{key.Name}", Accessor, null, [key.Value]);
        code = setter.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, field);
        code.Emit(OpCodes.Ret);

        var property = type.DefineProperty(key.Name, PropertyAttributes.None, key.Value, null);
        property.SetGetMethod(getter);
        property.SetSetMethod(setter);
    }
}
