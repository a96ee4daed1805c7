using System.IO.Hashing;
using Marketing.Decisions.Hashing;

namespace Marketing.Decisions.Exploration;

/// <summary>
/// The random numbers of one decision: a pure function of its id and a seed, numbered and readable in any order. Who knows both can replay
/// the decision.
/// </summary>
public readonly record struct DecisionDraws
{
    private readonly ulong _key;

    /// <param name="decision">The id of the decision.</param>
    /// <param name="seed">The seed of the policy, so that two policies draw independently for the same decision.</param>
    public DecisionDraws(Guid decision, ulong seed)
    {
        Span<byte> bytes = stackalloc byte[16];
        decision.TryWriteBytes(bytes, bigEndian: true, out _);
        _key = XxHash3.HashToUInt64(bytes, unchecked((long)seed));
    }

    /// <summary>The n-th number, between 0 and 1, both excluded.</summary>
    public double Unit(int index) => StableHash.ToUnit(StableHash.At(_key, (ulong)index));

    /// <summary>The n-th number as an integer from 0 to <paramref name="bound"/> − 1.</summary>
    /// <remarks>
    /// The upper half of a product, as in Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 2019, without its
    /// rejection: probabilities are off by less than bound ÷ 2⁶⁴.
    /// </remarks>
    public int Below(int index, int bound) => (int)Math.BigMul(StableHash.At(_key, (ulong)index), (ulong)bound, out _);
}
