import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { FollowedAddress } from './follow-address.ts'

/** The page's address, for the components that share it. */
export const AddressContext = createContext<FollowedAddress | null>(null)

export function useAddress(): FollowedAddress {
  const address = useContext(AddressContext)
  if (address === null)
    throw new Error('useAddress: expected a component inside of the page, got one outside')
  return address
}

/** What the address says wrongly; renders anew with it. */
export function useAddressProblem(): string | null {
  const address = useAddress()
  const [problem, set] = useState(address.problem)
  useEffect(() => {
    const hear = () => set(address.problem)
    hear()
    return address.onProblem(hear)
  }, [address])
  return problem
}
