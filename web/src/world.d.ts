// Made by world.ts when the page is built.
declare module "virtual:world" {
  const world: {
    width: number;
    height: number;
    states: Record<string, { d: string; at: [x: number, y: number] }>; // by code
    rest: string; // land of nobody who has a code
  };
  export default world;
}
